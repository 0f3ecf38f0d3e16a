#include "ui/users/BulkDialog.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/users/BulkTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NumberCheck.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

BulkDialog::BulkDialog(AccountAct act, const BulkChoice &choice, const QString &remark, QWidget *parent,
                       std::function<void(const ChangeUsers &)> onChosen)
    : QDialog(parent), m_act(act), m_choice(choice), m_onChosen(std::move(onChosen)), m_number(new NumberCheck(this))
{
    setObjectName(u"bulk"_s);
    setWindowTitle(BulkTexts::title(act));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(440);
    build(remark);
    updateMany();
}

void BulkDialog::build(const QString &remark)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    column->setSpacing(Space::medium);
    column->addWidget(titleLabel(windowTitle(), this));
    if (!remark.isEmpty())
        column->addWidget(textLabel(remark, this));
    addScopes(*column);
    if (needsRole(m_act)) {
        //: Field of a form: one role.
        m_role = new FormField(tr("R&ole"), {}, this);
        m_role->edit().setObjectName(u"role"_s);
        column->addWidget(m_role);
    }
    column->addWidget(m_number);
    column->addWidget(textLabel(BulkTexts::effect(m_act), this));
    column->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_send = buttons->addButton(BulkTexts::action(m_act), QDialogButtonBox::AcceptRole);
    m_send->setObjectName(u"send"_s);
    m_send->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &BulkDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &BulkDialog::reject);
    connect(m_number, &NumberCheck::typed, this, &BulkDialog::updateMany);
    if (m_role)
        m_role->setFocus();
}

void BulkDialog::addScopes(QVBoxLayout &column)
{
    if (!m_choice.selected.isEmpty()) {
        m_selected = new QRadioButton(BulkTexts::selected(m_choice.selected.size()), this);
        m_selected->setObjectName(u"selected"_s);
        column.addWidget(m_selected);
    }
    if (m_choice.total) {
        m_all = new QRadioButton(BulkTexts::shown(*m_choice.total, m_choice.filter.text), this);
        m_all->setObjectName(u"shown"_s);
        column.addWidget(m_all);
    }
    if (QRadioButton *first = m_selected ? m_selected : m_all)
        first->setChecked(true);
    for (QRadioButton *each : {m_selected, m_all}) {
        if (each)
            connect(each, &QRadioButton::toggled, this, &BulkDialog::updateMany);
    }
}

bool BulkDialog::isOfSelected() const { return m_selected && m_selected->isChecked(); }

qint64 BulkDialog::number() const { return isOfSelected() ? m_choice.selected.size() : m_choice.total.value_or(0); }

void BulkDialog::updateMany()
{
    m_number->setNumber(number());
    m_send->setEnabled(m_number->isPassed());
}

void BulkDialog::choose()
{
    ChangeUsers order {.act = m_act, .role = m_role ? m_role->text().trimmed() : QString(), .seen = number()};
    if (isOfSelected())
        order.users = m_choice.selected;
    else
        order.shown = m_choice.filter;
    if (m_role && order.role.isEmpty()) {
        //: What is wrong with a field of a form.
        m_role->setFault(tr("Which role?"));
        return m_role->setFocus();
    }
    accept();
    m_onChosen(order);
}

} // namespace warder
