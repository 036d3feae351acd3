"""The records of the office."""

from crm_desktop.models.base import Invalid, Record
from crm_desktop.models.calendar import CalendarDay
from crm_desktop.models.competence import Assessment, Training
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.complaint_step import ComplaintFile, ComplaintSignal, ComplaintStep
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.evaluation import Evaluation
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.news import News, NewsFile, NewsRead
from crm_desktop.models.office import ListEntry, OwnField, Setting, User
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote, ServiceStep
from crm_desktop.models.survey import SurveyRun, SurveyTemplate
from crm_desktop.models.survey_asked import SurveyAction, SurveyAnswer, SurveyAsked

__all__ = [
    "Assessment",
    "CalendarDay",
    "Complaint",
    "ComplaintFile",
    "ComplaintSignal",
    "ComplaintStep",
    "Contact",
    "Customer",
    "Evaluation",
    "Feedback",
    "Interaction",
    "Invalid",
    "ListEntry",
    "News",
    "NewsFile",
    "NewsRead",
    "OwnField",
    "Position",
    "Record",
    "ServiceNote",
    "ServiceRequest",
    "ServiceStep",
    "Setting",
    "SurveyAction",
    "SurveyAnswer",
    "SurveyAsked",
    "SurveyRun",
    "SurveyTemplate",
    "Training",
    "User",
]
