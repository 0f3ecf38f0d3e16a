#include "ui/users/NewUsers.h"

#include "ui/support/Icons.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/import/UserImportDialog.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/FormDialog.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

NewUsers::NewUsers(const PageContext &context, QWidget *page) : QObject(page), m_context(context), m_page(page)
{
    //: Button: opens a dialog that asks for a file with users of another program.
    m_import = new QPushButton(icon(u"import"_s), tr("I&mport…"), page);
    //: Tool tip of the button that imports users.
    m_import->setToolTip(tr("Take over the users of another program, from a CSV, JSON or SQLite file"));
    connect(m_import, &QPushButton::clicked, this, &NewUsers::importFile);
    //: Button: opens a dialog that creates an account, and sends its owner a mail.
    m_invite = new QPushButton(icon(u"mail"_s), tr("I&nvite…"), page);
    //: Tool tip of the button that invites somebody.
    m_invite->setToolTip(tr("Create an account whose owner sets the first password, by a link in a mail"));
    connect(m_invite, &QPushButton::clicked, this, &NewUsers::invite);
    //: Button: opens a dialog that creates an account.
    m_create = new QPushButton(icon(u"add"_s), tr("&Create user…"), page);
    ButtonAction::of(*m_create)->setKey(QKeySequence::New);
    //: Tool tip of the button that creates an account.
    m_create->setToolTip(tr("Create an account (Ctrl+N)"));
    connect(m_create, &QPushButton::clicked, this, &NewUsers::create);
}

void NewUsers::importFile()
{
    UserImportDialog::start(m_context, m_page, [this](const QString &said) { Q_EMIT imported(said); });
}

void NewUsers::invite()
{
    auto *dialog = UserDialogs::invite(m_context, m_page, [this](const UserView &user) {
        //: Said after somebody was invited; %1 is an e-mail address. "Mail" is a page of this window.
        Q_EMIT made(user, tr("Invited %1: the page Mail says whether the mail went out.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void NewUsers::create()
{
    auto *dialog = UserDialogs::create(m_context, m_page, [this](const UserView &user) {
        //: Said after an account was created; %1 is an e-mail address.
        Q_EMIT made(user, tr("Created %1.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

} // namespace warder
