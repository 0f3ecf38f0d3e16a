#include "ui/users/UsersPage.h"

#include "core/console/orders/Sessions.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/users/FactorTexts.h"
#include "ui/users/IdentityTexts.h"
#include "ui/users/SelectedUser.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FormDialog.h"

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
    : ListPage(context, u"users"_s, texts(), parent), m_model(new UsersModel(context, this)),
      m_factors(new OfSelectedUser<FindFactors>(context.console, this)),
      m_identities(new OfSelectedUser<FindIdentities>(context.console, this))
{
    table().setSelectionMode(QAbstractItemView::SingleSelection);
    //: Button: opens a dialog that creates an account, and sends its owner a mail.
    auto *invite = new QPushButton(icon(u"mail"_s), tr("I&nvite…"), this);
    //: Tool tip of the button that invites somebody.
    invite->setToolTip(tr("Create an account whose owner sets the first password, by a link in a mail"));
    addTool(invite);
    connect(invite, &QPushButton::clicked, this, &UsersPage::inviteUser);
    //: Button: opens a dialog that creates an account.
    auto *create = new QPushButton(icon(u"add"_s), tr("&Create user…"), this);
    create->setShortcut(QKeySequence::New);
    //: Tool tip of the button that creates an account.
    create->setToolTip(tr("Create an account (Ctrl+N)"));
    addTool(create);
    //: Button: shows the sessions of the selected user.
    addOrder(u"sessions"_s, tr("Show s&essions"), [this] { showSessions(); });
    //: Button: sends another mail to somebody who was invited and has set no password yet.
    m_resend = addOrder(u"mail"_s, tr("Send invi&tation again"), [this] { resendInvitation(); });
    //: Button: opens a dialog for name, e-mail address and roles.
    addOrder(u"edit"_s, tr("Ed&it…"), [this] { editUser(); });
    //: Button: opens a dialog for a new password.
    addOrder(u"lock"_s, tr("Set &password…"), [this] { setPassword(); });
    //: Button: takes the second factors of the selected user away. The dots say that a question follows.
    m_reset = addOrder(u"factors"_s, tr("Reset second &factors…"), [this] { startReset(); });
    //: Button: ends all sessions of the selected user.
    addOrder(u"signout"_s, tr("End all sessi&ons"), [this] { endSessions(); });
    m_disable = addOrder(u"ban"_s, {}, [this] { toggleDisabled(); });
    connect(create, &QPushButton::clicked, this, &UsersPage::createUser);
    connect(&table(), &DataTable::activated, this, &UsersPage::showSessions);
    for (SelectedUser *read : std::initializer_list<SelectedUser *> {m_factors, m_identities})
        connect(read, &SelectedUser::updated, this, &UsersPage::showDetails);
    start(m_model);
}

void UsersPage::refresh()
{
    ListPage::refresh();
    readAgain();
}

void UsersPage::readAgain()
{
    m_factors->readAgain();
    m_identities->readAgain();
}

void UsersPage::filterBy(const PageFilter &wanted)
{
    ListPage::filterBy(wanted);
    if (wanted.bareAdminsFirst)
        table().sortForNow(UsersModel::stateColumn);
}

void UsersPage::apply(const QList<Change> &changes)
{
    ListPage::apply(changes);
    const UserView *user = selected();
    const auto isOfSelected = [user](const Change &change) {
        if (const auto *changed = std::get_if<UserView>(&change))
            return user && changed->id == user->id;
        const auto *signedIn = std::get_if<UserSignedIn>(&change); // perhaps by a recovery code, or with a browser to remember
        return user && signedIn && signedIn->id == user->id;
    };
    if (std::ranges::any_of(changes, isOfSelected))
        readAgain();
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
    m_factors->select(user ? std::optional(user->id) : std::nullopt);
    m_identities->select(user ? std::optional(user->id) : std::nullopt);
    presentOrders(user);
    if (!user)
        return details.presentNothing();
    const auto &factors = m_factors->value();
    if (user->disabled)
        //: A remark about a user.
        details.present(user->email, factsOf(*user), Tone::Bad, tr("This account is disabled: nobody can log in with it."));
    else if (user->invitedAt)
        //: A remark about a user; %1 is a time such as "3 days ago".
        details.present(
            user->email, factsOf(*user), Tone::Info,
            tr("Invited %1, and has not set a password yet: nobody can sign in to this account.").arg(Times::ago(*user->invitedAt, now())));
    else if (factors && FactorTexts::isMissing(*user, *factors))
        //: A remark about a user: the settings demand a second factor.
        details.present(user->email, factsOf(*user), Tone::Warning,
                        tr("There is no second factor yet: the next sign-in asks to set one up."));
    else
        details.present(user->email, factsOf(*user));
}

QList<DetailsPanel::Fact> UsersPage::factsOf(const UserView &user) const
{
    const QString verified =
        user.emailVerified ? /*: The e-mail address is verified. */ tr("Yes") : /*: The e-mail address is not verified. */ tr("Not yet");
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a user.
        {tr("Name"), user.name.isEmpty() ? u"–"_s : user.name},
        //: Name of a fact about a user.
        {tr("Roles"), user.roles.isEmpty() ? u"–"_s : user.roles.join(u", "_s)},
        //: Name of a fact about a user: password, second factor, passkey.
        {tr("Signs in with"), signInOf(user)},
        //: Name of a fact about a user: when they last signed in.
        {tr("Last sign-in"), user.lastSignInAt ? Times::exact(*user.lastSignInAt) : /*: When a user last signed in. */ tr("never")},
        //: Name of a fact about a user: whether the e-mail address is verified.
        {tr("E-mail verified"), verified},
        //: Name of a fact about a user: when the account was created.
        {tr("Created"), Times::exact(user.createdAt)},
        //: Name of a fact about a user: how the password is stored.
        {tr("Password hash"), user.passwordScheme.isEmpty() ? u"–"_s : user.passwordScheme},
        //: Name of a fact about a user.
        {tr("User id"), user.id.toString()},
    };
    if (const auto &factors = m_factors->value())
        facts += FactorTexts::facts(*factors, now());
    if (const auto &identities = m_identities->value())
        facts += IdentityTexts::facts(*identities, now());
    return facts;
}

QString UsersPage::signInOf(const UserView &user) const
{
    for (const SelectedUser *read : std::initializer_list<const SelectedUser *> {m_factors, m_identities}) {
        if (read->failure())
            return UiTexts::of(*read->failure());
    }
    const auto &factors = m_factors->value();
    const auto &identities = m_identities->value();
    if (!factors || !identities)
        //: In place of what somebody signs in with, while it is being read.
        return tr("Reading…");
    return FactorTexts::signIn(user, *factors, IdentityTexts::providers(*identities));
}

void UsersPage::presentOrders(const UserView *user)
{
    m_disable->setText(user && user->disabled ? /*: Button: lets a disabled account be used again. */ tr("Ena&ble account")
                                              : /*: Button: keeps an account from being used. */ tr("Disa&ble account"));
    m_resend->setVisible(user && user->invitedAt && !user->disabled);
    presentReset(user);
}

void UsersPage::presentReset(const UserView *user)
{
    const auto &factors = m_factors->value();
    QString why;
    if (user && factors)
        why = FactorTexts::whyNothing(*factors);
    else if (user)
        //: Why second factors cannot be reset yet.
        why = m_factors->failure() ? UiTexts::of(*m_factors->failure()) : tr("The second factors are being read.");
    m_reset->setEnabled(user && factors && why.isEmpty());
    m_reset->setToolTip(why);
}

void UsersPage::putAndSelect(const UserView &user)
{
    m_model->put(user);
    if (const int row = m_model->rowOf(user.id); row >= 0)
        table().selectRow(row);
}

void UsersPage::createUser()
{
    auto *dialog = UserDialogs::create(context(), this, [this](const UserView &user) {
        putAndSelect(user);
        showCount();
        //: Said after an account was created; %1 is an e-mail address.
        Q_EMIT done(tr("Created %1.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void UsersPage::inviteUser()
{
    auto *dialog = UserDialogs::invite(context(), this, [this](const UserView &user) {
        putAndSelect(user);
        showCount();
        //: Said after somebody was invited; %1 is an e-mail address. "Mail" is a page of this window.
        Q_EMIT done(tr("Invited %1: the page Mail says whether the mail went out.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void UsersPage::resendInvitation()
{
    if (const UserView *user = selected())
        giveOrder(ResendInvitation {.user = user->id}, [this](const UserView &view) {
            m_model->put(view);
            showDetails();
            //: Said after an invitation was sent once more; %1 is an e-mail address.
            Q_EMIT done(tr("Sent another invitation to %1.").arg(UiTexts::foreign(view.email)));
        });
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
    auto *dialog = UserDialogs::edit(context(), *user, this, [this](const UserView &view) {
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
    auto *dialog = UserDialogs::setPassword(context(), *user, this, [this, email = UiTexts::foreign(user->email)] {
        //: Said after a new password was set; %1 is an e-mail address.
        Q_EMIT done(tr("%1 has a new password.").arg(email));
    });
    dialog->open();
}

/// Asks anew: the question says exactly what goes, and not every change of factors is told.
void UsersPage::startReset()
{
    const UserView *user = selected();
    if (!user || std::exchange(m_isResetAsked, true))
        return;
    ask(
        context().console.ask(FindFactors {.user = user->id}), this,
        [this, user = *user](const FactorsView &factors) { askToReset(user, factors); },
        [this](const Error &error) {
            m_isResetAsked = false;
            showError(error);
        });
}

void UsersPage::askToReset(const UserView &user, const FactorsView &factors)
{
    const QString email = UiTexts::foreign(user.email);
    const auto reset = [this, id = user.id, email] {
        giveOrder(ResetFactors {.user = id}, [this, email](const FactorsResetView &gone) {
            m_factors->readAgain();
            Q_EMIT done(FactorTexts::wasReset(email, gone));
        });
    };
    const auto question = [this, user, factors, reset](const SessionCounts &sessions) {
        m_isResetAsked = false;
        m_factors->readAgain();
        if (const QString why = FactorTexts::whyNothing(factors); !why.isEmpty())
            return Q_EMIT done(why);
        confirm(this, FactorTexts::beforeReset(user, factors, sessions.live), reset);
    };
    ask(context().console.ask(CountSessions {.filter = {.text = {}, .user = user.id}}), this, question, [this](const Error &error) {
        m_isResetAsked = false;
        showError(error);
    });
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
