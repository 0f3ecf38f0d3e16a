#include "ui/users/import/FirebaseField.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Type.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

FirebaseField::FirebaseField(QWidget *parent) : QWidget(parent), m_text(new QPlainTextEdit(this)), m_fault(textLabel({}, this))
{
    //: Field of a form. Firebase is the name of a service; "Password hash parameters" is what it calls them, and stays English.
    auto *label = textLabel(tr("&Password hash parameters of the Firebase project"), this);
    label->setBuddy(m_text);
    m_text->setObjectName(u"firebase"_s);
    //: Name of a field, for screen readers.
    m_text->setAccessibleName(tr("Password hash parameters"));
    m_text->setFont(fixedWidth(font()));
    keepReadable(m_text);
    m_text->setUndoRedoEnabled(false); // what is deleted is not kept
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * 6 + 12);
    m_fault->setObjectName(u"firebaseFault"_s);
    m_fault->hide();
    //: Button: reads a file with users once more, with what was typed above it.
    auto *again = new QPushButton(tr("&Read again"), this);
    again->setObjectName(u"readAgain"_s);
    again->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(label);
    column->addWidget(m_text);
    //: Below the field of the hash parameters of a Firebase project: where to find them. The names stay as they are.
    column->addWidget(quietLabel(tr("Copy them from its console: Authentication, Users, the menu with three dots."), this));
    column->addWidget(m_fault);
    column->addWidget(again, 0, Qt::AlignLeft);
    setFocusProxy(m_text);
    connect(again, &QPushButton::clicked, this, &FirebaseField::take);
}

void FirebaseField::take()
{
    const auto parameters = FirebaseParameters::fromText(m_text->toPlainText());
    if (parameters) {
        Q_EMIT given(*parameters);
        return;
    }
    //: Below the field of the hash parameters of a Firebase project.
    m_fault->setText(tr("These are not all of them: base64_signer_key, base64_salt_separator, rounds and mem_cost are needed."));
    m_fault->show();
    m_text->setFocus();
}

} // namespace warder
