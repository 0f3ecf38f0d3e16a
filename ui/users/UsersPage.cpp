#include "ui/users/UsersPage.h"

#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserDialog.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace warder {

ListPage::Texts UsersPage::texts()
{
    return {//: Title of a page, and of its table.
            .title = tr("Users"),
            //: What the page of users shows.
            .subtitle = tr("Every account, by e-mail address."),
            //: Name of the panel beside the users, for screen readers.
            .details = tr("User details"),
            //: In the panel beside the users, while nothing is selected.
            .hint = tr("Select a user to see and change their account."),
            //: Placeholder of the filter of users.
            .filter = tr("Search by e-mail or name"),
            //: Below the table, while the list is being looked for.
            .searching = tr("Searching… Esc shows everybody again."),
            //: Title in place of a list where nothing matches the filter.
            .noMatch = tr("No user matches"),
            //: Button: lists all users again.
            .clearFilter = tr("Clear the search"),
            //: Said instead of sorting a very long list; %1 is 10,000.
            .tooLongToSort = tr("A list of more than %1 rows stays in its order, by e-mail. Search, then sort."),
            //: Title of a dialog that asks for a file.
            .exportTitle = tr("Export users"),
            .count = &UiTexts::users};
}

UsersPage::UsersPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"users"_s, texts(), parent), m_model(new UsersModel(context, this))
{
    table().setSelectionMode(QAbstractItemView::SingleSelection);
    //: Button: opens a dialog that creates an account.
    auto *create = new QPushButton(icon(u"add"_s), tr("&Create user…"), this);
    create->setShortcut(QKeySequence::New);
    //: Tool tip of the button that creates an account.
    create->setToolTip(tr("Create an account (Ctrl+N)"));
    addTool(create);
    //: Button: shows the sessions of the selected user.
    addOrder(u"sessions"_s, tr("Show s&essions"), [this] { showSessions(); });
    //: Button: opens a dialog for name, e-mail address and roles.
    addOrder(u"edit"_s, tr("Ed&it…"), [this] { editUser(); });
    //: Button: opens a dialog for a new password.
    addOrder(u"lock"_s, tr("Set &password…"), [this] { setPassword(); });
    //: Button: ends all sessions of the selected user.
    addOrder(u"signout"_s, tr("End all sessi&ons"), [this] { endSessions(); });
    m_disable = addOrder(u"ban"_s, {}, [this] { toggleDisabled(); });
    connect(create, &QPushButton::clicked, this, &UsersPage::createUser);
    connect(&table(), &DataTable::activated, this, &UsersPage::showSessions);
    start(m_model);
}

void UsersPage::apply(const QList<Change> &changes)
{
    ListPage::apply(changes);
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<UsersImported>(change); }))
        refreshIfShown();
}

void UsersPage::setQuestion() { m_model->setFilter(filter()); }

/// The console looks through all names for a search.
int UsersPage::secondsBetweenCounts() const { return filter().isEmpty() ? 0 : 5; }

QString UsersPage::countInWords(qint64 total) const
{
    QStringList parts {ListPage::countInWords(total)};
    if (m_model->hasMore())
        //: Below the table: how many of the rows were read.
        parts += tr("the first %Ln by e-mail were read, scroll for more", nullptr, m_model->rowCount());
    return UiTexts::inOneLine(parts);
}

void UsersPage::presentEmpty(EmptyState &empty)
{
    //: There are no accounts yet: title.
    empty.present(tr("No users yet"),
                  //: There are no accounts yet: how to make one; a command line follows.
                  tr("Create the first one here (Ctrl+N), or let somebody register from a terminal:"), UiTexts::curlRegister(serverUrl()));
}

const UserView *UsersPage::selected() const { return m_model->rowAt(selectedRow()); }

void UsersPage::showSelection(DetailsPanel &details)
{
    const UserView *user = selected();
    m_disable->setText(user && user->disabled ? /*: Button: lets a disabled account be used again. */ tr("Ena&ble account")
                                              : /*: Button: keeps an account from being used. */ tr("Disa&ble account"));
    if (!user)
        return details.presentNothing();
    const QString verified =
        user->emailVerified ? /*: The e-mail address is verified. */ tr("Yes") : /*: The e-mail address is not verified. */ tr("Not yet");
    const QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a user.
        {tr("Name"), user->name.isEmpty() ? u"–"_s : user->name},
        //: Name of a fact about a user.
        {tr("Roles"), user->roles.isEmpty() ? u"–"_s : user->roles.join(u", "_s)},
        //: Name of a fact about a user: whether the e-mail address is verified.
        {tr("E-mail verified"), verified},
        //: Name of a fact about a user: when they last signed in.
        {tr("Last sign-in"), user->lastSignInAt ? Times::exact(*user->lastSignInAt) : /*: When a user last signed in. */ tr("never")},
        //: Name of a fact about a user: when the account was created.
        {tr("Created"), Times::exact(user->createdAt)},
        //: Name of a fact about a user: how the password is stored.
        {tr("Password hash"), user->passwordScheme},
        //: Name of a fact about a user.
        {tr("User id"), user->id.toString()},
    };
    //: A remark about a user.
    details.present(user->email, facts, Tone::Bad, user->disabled ? tr("This account is disabled: nobody can log in with it.") : QString());
}

void UsersPage::putAndSelect(const UserView &user)
{
    m_model->put(user);
    if (const int row = m_model->rowOf(user.id); row >= 0)
        table().selectRow(row);
}

void UsersPage::createUser()
{
    auto *dialog = createUserDialog(context(), this);
    connect(dialog, &UserDialog::saved, this, [this](const UserView &user) {
        putAndSelect(user);
        showCount();
        //: Said after an account was created; %1 is an e-mail address.
        Q_EMIT done(tr("Created %1.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void UsersPage::toggleDisabled()
{
    const UserView *user = selected();
    if (!user)
        return;
    const auto change = [this, id = user->id, disable = !user->disabled] {
        giveOrder(SetUserDisabled {.user = id, .disabled = disable}, [this](const UserView &view) {
            m_model->put(view);
            showDetails();
            const QString text = view.disabled ? /*: Said of an account; %1 is an e-mail address. */ tr("%1 is disabled.")
                                               : /*: Said of an account; %1 is an e-mail address. */ tr("%1 is enabled.");
            Q_EMIT done(text.arg(UiTexts::foreign(view.email)));
        });
    };
    if (user->disabled)
        return change();
    confirm(this,
            {//: Question before an account is disabled; %1 is an e-mail address.
             .question = tr("Disable %1?").arg(UiTexts::foreign(user->email)),
             //: What follows when an account is disabled.
             .effect = tr("All their sessions end with the next request, and they cannot log in until you enable the account again."),
             //: Button: disables an account.
             .action = tr("Disable")},
            change);
}

void UsersPage::editUser()
{
    const UserView *user = selected();
    if (!user)
        return;
    auto *dialog = editUserDialog(context(), *user, this);
    connect(dialog, &UserDialog::saved, this, [this](const UserView &view) {
        putAndSelect(view); // a new address is a new place
        showDetails();
        //: Said after an account was changed; %1 is an e-mail address.
        Q_EMIT done(tr("%1 is changed.").arg(UiTexts::foreign(view.email)));
    });
    dialog->open();
}

void UsersPage::setPassword()
{
    const UserView *user = selected();
    if (!user)
        return;
    auto *dialog = setPasswordDialog(context(), *user, this);
    connect(dialog, &UserDialog::saved, this, [this, email = UiTexts::foreign(user->email)] {
        //: Said after a new password was set; %1 is an e-mail address.
        Q_EMIT done(tr("%1 has a new password.").arg(email));
    });
    dialog->open();
}

void UsersPage::endSessions()
{
    const UserView *user = selected();
    if (!user)
        return;
    confirm(this,
            {//: Question before all sessions of a user end; %1 is an e-mail address.
             .question = tr("End all sessions of %1?").arg(UiTexts::foreign(user->email)),
             //: What follows when all sessions of a user end.
             .effect = tr("They are signed out on every device with the next request, and may log in again at once."),
             //: Button: ends all sessions of a user.
             .action = tr("End sessions")},
            [this, id = user->id, email = UiTexts::foreign(user->email)] {
                giveOrder(EndSessionsOf {.user = id}, [this, email](int ended) {
                    //: Said after sessions were ended; %1 is an e-mail address.
                    Q_EMIT done(tr("Ended %Ln session(s) of %1.", nullptr, ended).arg(email));
                });
            });
}

void UsersPage::showSessions()
{
    if (const UserView *user = selected())
        Q_EMIT goTo(u"sessions"_s, {.text = user->email, .user = user->id});
}

} // namespace warder
