"""What somebody put right is remembered in the customer file, for everybody; columns without a field get one."""

from crm_desktop.exchange import importing, mappings, new_fields
from crm_desktop.exchange.words import Target
from crm_desktop.models import Contact, Customer, own_fields
from crm_desktop.store import file, history

SHEET = [["客户名称", "大区", "种植作物", "亩数"], ["杭州长荣机电有限公司", "华东", "水稻", 120]]


def test_several_columns_of_one_kind_become_several_fields(office, sheet):
    table = importing.read(
        sheet([["客户名称", "种植作物", "肥料"], ["杭州长荣机电有限公司", "水稻", "复合肥"]])
    ).tables[0]
    assert len({target.field for target in new_fields.add(None, table, new_fields.homeless(table))}) == 2


def test_a_corrected_mapping_is_remembered_for_everybody_who_has_such_a_list(office, sheet, li_qiang):
    plan = importing.read(sheet(SHEET))
    table = plan.tables[0]
    assert table.mapping.columns[1].target != Target(Customer, "department")
    table.mapping.set(1, Target(Customer, "department"))
    plan.judge()
    assert mappings.remember(li_qiang, plan.tables) == 1
    assert mappings.remember(li_qiang, plan.tables) == 0
    again = importing.read(
        sheet([["客户 名称", "大区", "种植作物", "亩数"], ["苏州华信", "华南", "茶", 3]], "next.xlsx")
    )
    assert again.tables[0].mapping.columns[1].target == Target(Customer, "department")
    again.save(None)
    assert file.one("SELECT department FROM customer WHERE name = '苏州华信'") == "华南"


def test_what_is_guessed_right_needs_no_memory(office, sheet):
    plan = importing.read(sheet([["客户名称"], ["杭州长荣机电有限公司"]]))
    assert mappings.remember(None, plan.tables) == 0
    assert file.one("SELECT count(*) FROM setting WHERE name = ?", (mappings.SETTING,)) == 0


def test_who_says_the_kind_is_not_overruled_by_memory(office, sheet):
    path = sheet([["姓名", "手机"], ["王芳", "13800000001"]])
    plan = importing.read(path, "customers")
    mappings.remember(None, plan.tables)
    assert importing.read(path).tables[0].kind == "customers"
    assert importing.read(path, "contacts").tables[0].kind == "contacts"


def test_columns_nobody_knows_become_fields_of_the_offices_own(office, sheet):
    plan = importing.read(sheet(SHEET))
    table = plan.tables[0]
    columns = [column for column in new_fields.homeless(table) if column.heading in ("种植作物", "亩数")]
    crop, area = new_fields.add(None, table, columns)
    assert [(each.label, each.kind) for each in own_fields.of("customer")] == [("种植作物", "text"), ("亩数", "number")]
    plan.judge()
    done = plan.save(None)
    (kept,) = [Customer.get_row(i) for (i,) in file.ask("SELECT id FROM customer")]
    assert (getattr(kept, crop.field), getattr(kept, area.field)) == ("水稻", 120)
    assert importing.read(sheet(SHEET)).counts()["same"] == 1  # the heading is known from now on
    history.undo(None, done.change)
    assert file.one("SELECT count(*) FROM customer") == 0


def test_an_own_field_has_the_name_and_kind_one_chooses(office, sheet):
    table = importing.read(sheet(SHEET)).tables[0]
    column = table.mapping.columns[3]
    (target,) = new_fields.add(None, table, [column], "面积", "text")
    assert (target.label, own_fields.of("customer")[0].kind) == ("面积", "text")
    assert table.mapping.columns[3].target == target
    assert target.described.label not in Contact.described()
