"""Headings of lists in the languages of customers abroad, from German to Korean.

What Japanese and Taiwanese lists say stands among the Chinese words (`more_words`).
"""

from __future__ import annotations

from typing import Final

from crm_desktop.exchange.more_words import Headings
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer

_FIRM: Final = (
    "firma firmenname unternehmen kunde kundenname société entreprise raison_sociale client nom_du_client "
    "empresa cliente nombre_de_la_empresa razón_social razão_social azienda ragione_sociale ditta компания "
    "организация клиент фирма название_компании наименование 회사명 회사 업체명 거래처 거래처명 고객명 상호"
)
_PERSON: Final = (
    "ansprechpartner kontakt kontaktperson interlocuteur nom_du_contact contacto persona_de_contacto contato "
    "referente contatto контактное_лицо контакт фио имя 담당자 담당자명 이름 성명"
)
_PHONE: Final = (
    "telefon telefonnummer tel téléphone telephone teléfono telefono telefone телефон 전화번호 전화 대표전화"
)
_MOBILE: Final = (
    "handy mobil mobiltelefon mobile portable téléphone_portable móvil celular telemóvel cellulare мобильный "
    "мобильный_телефон 휴대폰 휴대전화 핸드폰"
)
_FAX: Final = "telefax télécopie факс 팩스"
_MAIL: Final = (
    "e-mail-adresse mail courriel adresse_e-mail correo correo_electrónico posta_elettronica электронная_почта "
    "почта эл_почта 이메일 메일"
)
_STREET: Final = (
    "straße strasse anschrift adresse rue dirección direccion calle endereço rua indirizzo адрес улица 주소"
)
_PLACE: Final = (
    "ort stadt land bundesland ville pays région ciudad país provincia cidade estado città paese город страна "
    "регион область 지역 국가 도시"
)
_JOB: Final = "funktion stellung fonction poste cargo puesto função qualifica ruolo должность 직급 직책 직위"
_REMARK: Final = (
    "bemerkung bemerkungen notiz notizen anmerkung remarques commentaire notas observaciones observações note "
    "примечание комментарий 비고 메모"
)
_SITE: Final = "webseite internetseite site_web sitio_web página_web sito сайт 홈페이지"
_CODE: Final = "kundennummer kunden-nr kdnr code_client código_cliente codice_cliente код_клиента 고객번호"

ABROAD: Final[dict[str, Headings]] = {
    "customers": {
        (Customer, "name"): _FIRM,
        (Contact, "name"): _PERSON,
        (Customer, "phones"): f"{_PHONE} {_MOBILE} {_FAX}",
        (Customer, "email"): _MAIL,
        (Customer, "addresses"): _STREET,
        (Customer, "region"): _PLACE,
        (Position, "job"): _JOB,
        (Customer, "remarks"): _REMARK,
        (Customer, "website"): _SITE,
        (Customer, "code"): _CODE,
    },
    "contacts": {
        (Contact, "name"): _PERSON,
        (Customer, "name"): _FIRM,
        (Contact, "phones"): f"{_PHONE} {_MOBILE}",
        (Contact, "email"): _MAIL,
        (Contact, "address"): _STREET,
        (Position, "job"): _JOB,
        (Contact, "remarks"): _REMARK,
    },
}
