#include "ui/mail/MailTestDialog.h"

#include "ui/mail/MailTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormField.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ResultLine.h"
#include "ui/widgets/TextRoom.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

MailTestDialog::MailTestDialog(const PageContext &context, QWidget *parent)
    : QDialog(parent), m_context(context),
      //: Field of a form: an e-mail address.
      m_to(new FormField(tr("&To"), {}, this)), m_result(new ResultLine(this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Send a test mail"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    build();
    m_to->setFocus();
    //: In place of an answer, before a test mail is sent.
    m_result->say(Tone::Neutral,
                  tr("It goes the way that all mails go, at once and beside the list; what the mail server says stands here."));
}

void MailTestDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    m_to->edit().setObjectName(u"to"_s);
    all->addWidget(m_to);
    all->addWidget(m_result);
    all->addStretch();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button of a dialog: sends a mail.
    m_send = buttons->addButton(tr("Send"), QDialogButtonBox::AcceptRole);
    m_send->setDefault(true);
    m_result->setOrder(*m_send);
    all->addWidget(buttons);
    new TextRoom(this);
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
    m_result->say(
        Tone::Info,
        tr("On its way to %1. A mail server that does not answer is waited for for half a minute.").arg(UiTexts::foreign(m_asked)));
    ask(
        m_context.console.ask(SendTestMail {.to = m_asked}), this, [this](const MailTestView &answer) { present(answer); },
        [this](const Error &error) { presentError(error); });
}

void MailTestDialog::present(const MailTestView &answer)
{
    m_send->setEnabled(true);
    m_result->say(answer.sent ? Tone::Good : Tone::Bad, MailTexts::tested(m_asked, answer));
}

void MailTestDialog::presentError(const Error &error)
{
    m_send->setEnabled(true);
    if (error.code == ErrorCode::Conflict)
        //: A test mail cannot be sent; mail.transport is the name of a setting.
        return m_result->say(Tone::Bad, tr("Mails are turned off: nothing was sent. Set %1 first.").arg("mail.transport"_L1));
    m_result->say(Tone::Bad, UiTexts::of(error));
    m_to->setFocus();
}

} // namespace warder
