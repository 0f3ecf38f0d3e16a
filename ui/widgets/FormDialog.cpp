#include "ui/widgets/FormDialog.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/TextRoom.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace warder {

FormDialog::FormDialog(const PageContext &context, const QString &title, const QString &action, QWidget *parent)
    : QDialog(parent), m_context(context), m_notice(new InlineMessage(this)), m_form(new QVBoxLayout), m_buttons(new QDialogButtonBox(this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(420);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(title, this));
    all->addWidget(m_notice);
    m_form->setSpacing(Space::medium);
    all->addLayout(m_form);
    all->addStretch();
    QPushButton *send = m_buttons->addButton(action, QDialogButtonBox::AcceptRole);
    send->setDefault(true);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, send, &QPushButton::click);
    m_buttons->addButton(QDialogButtonBox::Cancel);
    all->addWidget(m_buttons);
    new TextRoom(this);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &FormDialog::start);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &FormDialog::reject);
}

FormField *FormDialog::addField(const QString &key, const QString &name, const QString &remark)
{
    auto *field = new FormField(name, remark, this);
    field->edit().setObjectName(key);
    m_form->addWidget(field);
    m_fields.append({key, field});
    return field;
}

void FormDialog::addText(const QString &text) { m_form->addWidget(quietLabel(text, this)); }

void FormDialog::addWidget(QWidget *widget) { m_form->addWidget(widget); }

void FormDialog::placeInRow(const QList<QWidget *> &widgets)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::medium);
    for (QWidget *widget : widgets) {
        m_form->removeWidget(widget);
        row->addWidget(widget, 1, Qt::AlignTop);
    }
    m_form->addLayout(row);
}

void FormDialog::start()
{
    m_notice->hide();
    m_buttons->setEnabled(false);
    m_send();
}

void FormDialog::allowSending() { m_buttons->setEnabled(true); }

bool FormDialog::showFaults(const Error &error)
{
    for (const auto &[key, field] : std::as_const(m_fields))
        field->setFault(UiTexts::faultsOf(error, key));
    return std::ranges::any_of(m_fields, [](const auto &each) { return each.second->hasFault(); });
}

void FormDialog::showError(const Error &error)
{
    allowSending();
    if (!showFaults(error))
        return m_notice->showMessage(UiTexts::of(error));
    std::ranges::find_if(m_fields, [](const auto &each) { return each.second->hasFault(); })->second->setFocus();
}

} // namespace warder
