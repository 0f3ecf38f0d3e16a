#include "ui/users/UsersPage.h"

#include "core/console/orders/Server.h"
#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/users/BulkMenu.h"
#include "ui/users/BulkTexts.h"
#include "ui/users/NewUsers.h"
#include "ui/users/SideList.h"
#include "ui/users/UserAccess.h"
#include "ui/users/UserActivity.h"
#include "ui/users/UserBulk.h"
#include "ui/users/UserButtons.h"
#include "ui/users/UserChanges.h"
#include "ui/users/UserDetails.h"
#include "ui/users/UserDialogs.h"
#include "ui/users/UserSessions.h"
#include "ui/users/UserTabs.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/FormDialog.h"

#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

UsersPage::UsersPage(const PageContext &context, QWidget *parent)
    : ListPage(context, u"users"_s, texts(), parent), m_model(new UsersModel(context, this)), m_details(new UserDetails(context, this)),
      m_which(new Chips(/*: Name of a choice, for screen readers: which users are listed. */ tr("Which users"),
                        {/*: Choice: lists the accounts that are there. */ tr("Accounts"),
                         /*: Choice: lists the accounts that are deleted, and go for good later. */ tr("Deleted")},
                        this)),
      m_changes(new UserChanges(context, this)), m_access(new UserAccess(context, this))
{
    addTools();
    m_tabs = new UserTabs(context, side(), this); // before the orders, which stand below it
    addButtons();
    addBulkMenu();
    start(m_model);
    m_bulk = new UserBulk(context, work(), this);
    wire();
    wireOrders();
    wireTabs();
}

void UsersPage::addTools()
{
    m_which->setObjectName(u"which"_s);
    m_newUsers = new NewUsers(context(), this);
    addControl(m_newUsers->importButton());
    addTool(m_newUsers->inviteButton());
    addTool(m_newUsers->createButton());
    addBelowTools(m_which);
}

void UsersPage::addButtons()
{
    const auto add = [this](const QString &iconName, const QString &text, std::function<void()> order) {
        return addOrder(iconName, text, std::move(order));
    };
    m_buttons = new UserButtons(*m_changes, *m_access, add, [this] { return selected(); }, this);
}

void UsersPage::addBulkMenu()
{
    //: Button: leads to what can be done to several users at once.
    auto *change = new QPushButton(icon(u"users"_s), tr("Ch&ange"), this);
    //: Tool tip of the button that leads to what can be done to several users at once.
    change->setToolTip(tr("Disable, enable, sign out, give or take a role, delete: the selected users, or all that are shown"));
    m_bulkMenu = new BulkMenu(change);
    table().offerEditing();
    for (QAction *action : m_bulkMenu->actions())
        table().addAction(action);
    change->setMenu(m_bulkMenu);
    addControl(change);
}

void UsersPage::wire()
{
    connect(m_which, &Chips::chosen, this, &UsersPage::applyFilter);
    connect(m_details, &UserDetails::updated, this, &UsersPage::showDetails);
    connect(m_model, &PagedList::updated, this, &UsersPage::selectSought);
    connect(m_model, &TableModel::edited, this, [this](int row, int column, const QString &text) {
        if (const UserView *user = m_model->rowAt(row))
            m_changes->editCell(*user, column, text);
    });
    connect(m_buttons, &UserButtons::sessionsWanted, this, [this] { goToPageOf(u"sessions"_s); });
    connect(m_buttons, &UserButtons::editWanted, this, &UsersPage::editUser);
    connect(m_bulkMenu, &BulkMenu::chosen, this, &UsersPage::changeMany);
    connect(m_bulkMenu, &BulkMenu::deletionWanted, this, &UsersPage::deleteUser);
}

void UsersPage::wireOrders()
{
    connect(m_newUsers, &NewUsers::made, this, [this](const UserView &user, const QString &said) {
        putAndSelect(user);
        showCount();
        Q_EMIT done(said);
    });
    connect(m_newUsers, &NewUsers::imported, this, [this](const QString &said) { Q_EMIT done(said); });
    connect(m_changes, &UserChanges::changed, this, &UsersPage::putAndStay);
    connect(m_changes, &UserChanges::leaves, this, [this](const UserView &user) {
        if (selected() && selected()->id == user.id)
            table().selectNextOnceGone();
    });
    connect(m_changes, &UserChanges::done, this, &UsersPage::done);
    connect(m_changes, &UserChanges::failed, this, [this](const Error &error) { showError(error); });
    connect(m_access, &UserAccess::invited, this, [this](const UserView &user) {
        m_model->put(user);
        showDetails();
    });
    connect(m_access, &UserAccess::factorsChanged, m_details, &UserDetails::readFactorsAgain);
    connect(m_access, &UserAccess::done, this, [this](const QString &text) { Q_EMIT done(text); });
    connect(m_access, &UserAccess::failed, this, [this](const Error &error) { showError(error); });
    connect(m_bulk, &UserBulk::done, this, &UsersPage::done);
    connect(m_bulk, &UserBulk::attentionWanted, this, &UsersPage::attentionWanted);
    connect(m_bulk, &UserBulk::failed, this, [this](const Error &error) { showError(error); });
}

void UsersPage::wireTabs()
{
    openByDetails();
    for (const SideList *list : {static_cast<SideList *>(&m_tabs->sessions()), static_cast<SideList *>(&m_tabs->activity())})
        adopt(list->table());
    connect(m_tabs, &UserTabs::sessionsWanted, this, [this] { goToPageOf(u"sessions"_s); });
    connect(m_tabs, &UserTabs::activityWanted, this, [this] { goToPageOf(u"activity"_s); });
    connect(m_tabs, &UserTabs::done, this, [this](const QString &text) { Q_EMIT done(text); });
    connect(m_tabs, &UserTabs::failed, this, [this](const Error &error) { showError(error); });
}

void UsersPage::refresh()
{
    ListPage::refresh();
    m_details->readAgain();
    m_tabs->readAgain();
    readWhetherToVerify();
}

/// That an address is not verified is worth a word where nobody signs in before. Without an answer the list says nothing of it.
void UsersPage::readWhetherToVerify()
{
    const auto onRead = [this](const QList<SettingView> &settings) {
        const auto found = std::ranges::find(settings, u"accounts.require_verified_email"_s, &SettingView::key);
        m_model->setMustVerify(found != settings.end() && found->value == "true"_L1);
    };
    ask(context().console.ask(ListSettings {}), this, onRead, [](const Error &) {});
}

void UsersPage::everySecond()
{
    ListPage::everySecond();
    m_tabs->everySecond();
}

void UsersPage::clearFilter()
{
    filterBox().setFilter({});
    applyFilter();
}

void UsersPage::filterBy(const PageFilter &wanted)
{
    m_sought = wanted.user;
    const QSignalBlocker quiet(m_which);
    m_which->choose(0);
    ListPage::filterBy(wanted);
    if (wanted.bareAdminsFirst)
        table().sortForNow(UsersModel::stateColumn);
}

void UsersPage::selectSought()
{
    if (!m_sought || isStale() || m_model->isLoading() || !m_model->wasLoaded())
        return;
    if (const int row = m_model->rowOf(*std::exchange(m_sought, std::nullopt)); row >= 0)
        table().selectRow(row);
}

void UsersPage::apply(const QList<Change> &changes)
{
    ListPage::apply(changes);
    m_tabs->apply(changes);
    const UserView *user = selected();
    const auto isOfSelected = [user](const Change &change) {
        if (const auto *changed = std::get_if<UserView>(&change))
            return user && changed->id == user->id;
        const auto *signedIn = std::get_if<UserSignedIn>(&change); // perhaps by a recovery code, or with a browser to remember
        return user && signedIn && signedIn->id == user->id;
    };
    if (std::ranges::any_of(changes, isOfSelected))
        m_details->readAgain();
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<UsersImported>(change); }))
        refreshIfShown();
}

UserFilter UsersPage::shown() const { return {.text = filter(), .deleted = m_which->current() == 1}; }

void UsersPage::setQuestion() { m_model->setFilter(shown()); }

/// The console looks through all names for a search.
int UsersPage::secondsBetweenCounts() const { return filter().isEmpty() ? 0 : 5; }

const UserView *UsersPage::selected() const { return m_model->rowAt(selectedRow()); }

void UsersPage::showSelection(DetailsPanel &details)
{
    const UserView *user = selected();
    const bool ofDeleted = shown().deleted;
    m_details->select(user);
    m_tabs->select(user);
    m_buttons->present(user, ofDeleted, *m_details);
    m_bulkMenu->present(!ofDeleted && !isStale() && m_model->rowCount() > 0, user && !ofDeleted);
    if (user)
        m_details->present(*user, details);
    else if (const auto number = isStale() ? 0 : table().selectedCount(); number > 1)
        presentSeveral(details, number);
    else
        details.presentNothing();
}

void UsersPage::putAndSelect(const UserView &user)
{
    m_model->put(user);
    if (const int row = m_model->rowOf(user.id); row >= 0)
        table().selectRow(row);
}

void UsersPage::putAndStay(const UserView &user)
{
    const bool wasSelected = selected() && selected()->id == user.id;
    if (wasSelected)
        table().selectNextOnceGone();
    m_model->put(user);
    if (wasSelected && m_model->rowOf(user.id) >= 0)
        table().selectRow(m_model->rowOf(user.id)); // a new address is a new place
    showCount();
    showDetails();
}

void UsersPage::editUser(const UserView &user)
{
    auto *dialog = UserDialogs::edit(context(), user, this, [this, before = user](const UserEdit &edit, const UserView &after) {
        m_changes->reportEdited(before, edit, after);
    });
    dialog->open();
}

void UsersPage::deleteUser()
{
    if (const UserView *user = selected(); user && !user->deletedAt)
        m_changes->startDeletion(*user);
}

void UsersPage::changeMany(AccountAct act)
{
    BulkChoice choice {.selected = {}, .filter = shown(), .total = total()};
    for (const int row : selectedRows())
        choice.selected += m_model->rows()[row].id;
    if (choice.selected.size() > ChangeUsers::mostChosen)
        choice.selected.clear(); // more than one message holds: all that are shown can be
    if (choice.selected.isEmpty() && !choice.total)
        return Q_EMIT done(BulkTexts::uncounted());
    m_bulk->start(act, choice);
}

void UsersPage::goToPageOf(const QString &page)
{
    if (const UserView *user = selected())
        Q_EMIT goTo(page, {.text = user->email, .user = user->id});
}

} // namespace warder
