#include "ui/mail/MailTestDialog.h"

#include "ui/mail/MailTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QAccessible>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MailTestDialog::MailTestDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent), m_context(context),
      //: Field of a form: an e-mail address.
      m_to(new FormField(tr("&To"), {}, this)), m_dot(new StateDot(this)), m_result(textLabel({}, this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Send a test mail"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    build();
    m_to->setFocus();
    //: In place of an answer, before a test mail is sent.
    showResult(Tone::Neutral, tr("It goes the way that all mails go, at once and beside the list; what the mail server says stands here."));
}

void MailTestDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(20, 18, 20, 16);
    all->setSpacing(14);
    all->addWidget(titleLabel(windowTitle(), this));
    m_to->edit().setObjectName(u"to"_s);
    all->addWidget(m_to);
    auto *answer = new QHBoxLayout;
    answer->setSpacing(10);
    auto *mark = new QVBoxLayout; // beside the first line of the words
    mark->setContentsMargins(0, 3, 0, 0);
    mark->addWidget(m_dot);
    mark->addStretch(1);
    answer->addLayout(mark);
    m_result->setObjectName(u"result"_s);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    answer->addWidget(m_result, 1);
    all->addLayout(answer);
    all->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button of a dialog: sends a mail.
    m_send = buttons->addButton(tr("Send"), QDialogButtonBox::AcceptRole);
    m_send->setDefault(true);
    all->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &MailTestDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &MailTestDialog::send);
}

void MailTestDialog::send()
{
    m_asked = m_to->text().trimmed();
    m_to->setFault({});
    if (m_asked.isEmpty()) {
        //: What is wrong with a field of a form: an e-mail address is missing.
        m_to->setFault(tr("Whom shall it go to?"));
        return m_to->setFocus();
    }
    m_send->setEnabled(false);
    //: While a test mail is on its way; %1 is an e-mail address.
    showResult(Tone::Info,
               tr("On its way to %1. A mail server that does not answer is waited for for half a minute.").arg(UiTexts::foreign(m_asked)));
    ask(
        m_context.console.ask(SendTestMail {.to = m_asked}), this, [this](const MailTestView &answer) { present(answer); },
        [this](const Error &error) { presentError(error); });
}

void MailTestDialog::present(const MailTestView &answer)
{
    m_send->setEnabled(true);
    showResult(answer.sent ? Tone::Good : Tone::Bad, MailTexts::tested(m_asked, answer));
}

void MailTestDialog::presentError(const Error &error)
{
    m_send->setEnabled(true);
    if (error.code == ErrorCode::Conflict)
        //: A test mail cannot be sent; mail.transport is the name of a setting.
        return showResult(Tone::Bad, tr("Mails are turned off: nothing was sent. Set %1 first.").arg("mail.transport"_L1));
    showResult(Tone::Bad, UiTexts::of(error));
    m_to->setFocus();
}

void MailTestDialog::showResult(Tone tone, const QString &text)
{
    m_dot->setTone(tone);
    m_result->setText(text);
    m_send->setAccessibleDescription(text);
    if (!isVisible())
        return;
    setMinimumHeight(layout()->totalHeightForWidth(width())); // a text of several lines would be content with fewer
    adjustSize();
    QAccessibleEvent heard(m_result, QAccessible::Alert);
    QAccessible::updateAccessibility(&heard);
}

} // namespace warder
