#include "ui/users/UsersPage.h"

#include "ui/support/Csv.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UserDialog.h"
#include "ui/users/UsersModel.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Delegates.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ExportWork.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/InlineMessage.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostSorted = 10'000; ///< Rows that a click on a header may have read.
constexpr int beatsBetweenCounts = 5; ///< Of a search: the console looks through all names for it.

} // namespace

UsersPage::UsersPage(const PageContext &context, QWidget *parent)
    //: Title of a page, and what it shows.
    : Page(context, tr("Users"), tr("Every account, by e-mail address."), parent), m_model(new UsersModel(context.clock, this)),
      m_paged(this, wires()),
      m_exact(this, [this] { return this->context().console.ask(CountUsers {.text = m_filter->filter()}); }, [this] { showCounts(); })
{
    build();
    wire();
    m_filter->setFilter(context.memory.value(u"users/filter"_s).toString());
    m_model->setFilter(m_filter->filter());
    m_table->restoreColumns(context.memory);
    m_table->setComplete(false);
    showCounts();
    showDetails();
}

void UsersPage::build()
{
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(12);
    auto *panel = new Panel({}, splitter);
    panel->setFlush();
    m_stack = new QStackedWidget(panel);
    //: Name of the table of users, for screen readers and as a file name.
    m_table = new DataTable(tr("Users"), u"users"_s, m_stack);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model, {29, 20, 15, 13, 15, 14, 11});
    m_table->setItemDelegateForColumn(UsersModel::State, new StateDelegate(m_table));
    m_empty = new EmptyState(u"users"_s, m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
    auto *side = new QWidget(splitter);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    //: Name of the panel beside the users, for screen readers; and what it says while nothing is selected.
    m_details = new DetailsPanel(tr("User details"), tr("Select a user to see and change their account."), side);
    column->addWidget(m_details, 1);
    column->addWidget(makeOrders());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    body()->addWidget(makeTools());
    body()->addWidget(splitter, 1);
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_count = quietLabel({}, foot);
    m_count->setObjectName(u"count"_s);
    m_work = new WorkBar(foot);
    row->addWidget(m_count, 1);
    row->addWidget(m_work);
    body()->addWidget(foot);
}

QWidget *UsersPage::makeTools()
{
    auto *tools = new QWidget(this);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    //: Placeholder of the filter of users.
    m_filter = new FilterBox(tr("Search by e-mail or name"), m_table, tools);
    //: Button: opens a dialog that creates an account.
    m_create = new QPushButton(icon(u"add"_s), tr("&Create user…"), tools);
    m_create->setShortcut(QKeySequence::New);
    //: Tool tip of the button that creates an account.
    m_create->setToolTip(tr("Create an account (Ctrl+N)"));
    row->addWidget(m_filter, 1);
    row->addStretch(1);
    row->addWidget(m_create);
    return tools;
}

QWidget *UsersPage::makeOrders()
{
    auto *orders = new QWidget(this);
    auto *column = new QVBoxLayout(orders);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    //: Button: shows the sessions of the selected user.
    m_show = new QPushButton(icon(u"sessions"_s), tr("Show s&essions"), orders);
    //: Button: opens a dialog for name, e-mail address and roles.
    m_edit = new QPushButton(icon(u"edit"_s), tr("Ed&it…"), orders);
    //: Button: opens a dialog for a new password.
    m_password = new QPushButton(icon(u"lock"_s), tr("Set &password…"), orders);
    //: Button: ends all sessions of the selected user.
    m_end = new QPushButton(icon(u"signout"_s), tr("End all sessi&ons"), orders);
    m_disable = new QPushButton(icon(u"ban"_s), {}, orders);
    for (QPushButton *button : {m_show, m_edit, m_password, m_end, m_disable})
        column->addWidget(button);
    return orders;
}

void UsersPage::wire()
{
    connect(m_filter, &FilterBox::filterChanged, this, &UsersPage::takeFilter);
    connect(m_filter, &FilterBox::edited, this, [this](bool differs) {
        m_typing = differs;
        showCounts();
        showDetails();
    });
    connect(m_table, &DataTable::sortingWanted, this, &UsersPage::readWholeListToSort);
    //: Title of a dialog that asks for a file; %1 is "600,522 users".
    m_table->setExporter([this] { return count() ? tr("Export %1").arg(UiTexts::users(*count())) : tr("Export users"); },
                         [this](const QString &file) { exportTo(file); });
    connect(m_table, &DataTable::selectionMoved, this, &UsersPage::showDetails);
    connect(m_table, &DataTable::activated, this, &UsersPage::showSessions);
    connect(m_model, &UsersModel::moreWanted, this, [this] { m_paged.more(); });
    connect(m_create, &QPushButton::clicked, this, &UsersPage::createUser);
    connect(m_disable, &QPushButton::clicked, this, &UsersPage::toggleDisabled);
    connect(m_edit, &QPushButton::clicked, this, &UsersPage::editUser);
    connect(m_password, &QPushButton::clicked, this, &UsersPage::setPassword);
    connect(m_end, &QPushButton::clicked, this, &UsersPage::endSessions);
    connect(m_show, &QPushButton::clicked, this, &UsersPage::showSessions);
    connect(m_empty, &EmptyState::acted, this, [this] {
        filterBy({});
        m_ledHere = false; // the person's own choice
    });
}

PagedRows<UserView>::Wires UsersPage::wires()
{
    const auto change = [this](auto step) {
        m_model->setHasMore(m_paged.hasMore());
        m_table->keepingPlace(step);
        m_table->setComplete(!m_paged.hasMore());
        showCounts();
        showDetails();
    };
    return {
        .fetch =
            [this](const QString &cursor, int limit) {
                return context().console.ask(ListUsers {.text = m_filter->filter(), .cursor = cursor, .limit = limit});
            },
        .replaced =
            [this, change](const QList<UserView> &rows) {
                change([&] { m_model->replaceAll(rows); });
                readWholeListToSort();
            },
        .appended = [this, change](const QList<UserView> &rows) { change([&] { m_model->append(rows); }); },
        .changed = [this, change](const QList<Change> &changes) { change([&] { m_model->apply(changes); }); },
        .failed = [this](const Error &error) { showError(error); },
    };
}

void UsersPage::refresh()
{
    m_exact.touch();
    m_paged.reload(m_model->rowCount());
}

void UsersPage::apply(const QList<Change> &changes)
{
    if (std::ranges::any_of(changes, [](const Change &change) {
            return std::holds_alternative<UserView>(change) || std::holds_alternative<UserGone>(change);
        }))
        m_exact.touch();
    m_paged.apply(changes);
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<UsersImported>(change); }))
        refreshIfShown();
}

void UsersPage::takeFilter()
{
    m_ledHere = false;
    search();
}

void UsersPage::search()
{
    m_typing = false;
    m_model->setFilter(m_filter->filter());
    m_exact.forget();
    m_paged.search();
    showCounts();
    showDetails();
}

/// The rows that stand there belong to the past: without them the table takes the keyboard at once.
void UsersPage::filterBy(const QString &text)
{
    m_ledHere = true;
    m_filter->setFilter(text);
    m_typing = false;
    m_model->setFilter(m_filter->filter());
    if (!m_paged.wasLoaded() && !m_paged.isLoading())
        return; // nobody has looked yet
    m_model->replaceAll({});
    search();
}

void UsersPage::setServerUrl(const QString &url)
{
    m_url = url;
    showCounts();
}

void UsersPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *UsersPage::firstControl() { return m_filter; }

void UsersPage::remember()
{
    m_table->rememberColumns(context().memory);
    if (!m_ledHere)
        context().memory.setValue(u"users/filter"_s, m_filter->filter());
}

void UsersPage::everySecond()
{
    m_model->refreshAges();
    ++m_beats;
    showCounts();
}

bool UsersPage::isStale() const { return m_typing || m_paged.isSearching(); }

/// How many the search finds: of a list that is read to its end they stand there, else the console counts.
std::optional<qint64> UsersPage::count() const
{
    if (isStale() || !m_paged.wasLoaded())
        return std::nullopt;
    return m_paged.hasMore() ? m_exact.value() : std::optional<qint64>(m_model->rowCount());
}

void UsersPage::readWholeListToSort()
{
    if (!m_table->wantsSorting() || !count() || m_paged.isLoading())
        return;
    if (*count() <= mostSorted)
        return m_paged.reload(*count() + 1);
    m_table->forgetSorting();
    //: Said instead of sorting a very long list; %1 is a number.
    notice().say(Tone::Info,
                 tr("A list of more than %1 stays in its order, by e-mail. Search, then sort.").arg(UiTexts::users(mostSorted)));
}

QString UsersPage::countInWords() const
{
    if (isStale())
        //: Below the table, while the list is being looked for.
        return tr("Searching… Esc shows everybody again.");
    if (!count())
        //: Below the table, while the list or its number is not known yet.
        return m_paged.wasLoaded() ? tr("Counting…") : tr("Reading…");
    //: Below the table: how many users are listed.
    const QString all = UiTexts::users(*count());
    if (!m_paged.hasMore())
        return all;
    //: Below the table: how many of the rows were read; %1 is "600,522 users", %2 a number.
    return tr("%1 · the first %2 by e-mail were read, scroll for more").arg(all, UiTexts::count(m_model->rowCount()));
}

void UsersPage::showCounts()
{
    const bool due = !m_exact.value() || m_filter->filter().isEmpty() || m_beats >= beatsBetweenCounts;
    if (m_paged.wasLoaded() && m_paged.hasMore() && !isStale() && due) {
        m_beats = 0;
        m_exact.askIfTouched();
    }
    m_count->setText(countInWords());
    m_table->setStale(isStale() && m_model->rowCount() > 0);
    if (!isStale())
        m_table->setTotal(count());
    readWholeListToSort();
    if (m_model->rowCount() > 0 || !m_paged.wasLoaded() || isStale()) {
        m_stack->setCurrentWidget(m_table);
        return;
    }
    if (!m_filter->filter().isEmpty())
        //: Nothing matches a filter: title, text (%1 is the filter), button.
        m_empty->say(tr("No user matches"), tr("Nothing matches “%1”.").arg(UiTexts::quoted(m_filter->filter())), {},
                     tr("Clear the search"));
    else
        //: There are no accounts yet: title, and how to make one.
        m_empty->say(tr("No users yet"), tr("Create the first one here (Ctrl+N), or let somebody register from a terminal:"),
                     UiTexts::curlRegister(m_url));
    m_stack->setCurrentWidget(m_empty);
}

const UserView *UsersPage::selected() const
{
    const QList<int> rows = isStale() ? QList<int>() : m_table->selectedRows();
    return rows.size() == 1 ? m_model->rowAt(rows.first()) : nullptr;
}

void UsersPage::showDetails()
{
    const UserView *user = selected();
    for (QPushButton *button : {m_show, m_edit, m_password, m_end, m_disable})
        button->setEnabled(user);
    //: Button: lets a disabled account be used again; or keeps an account from being used.
    m_disable->setText(user && user->disabled ? tr("Ena&ble account") : tr("Disa&ble account"));
    if (!user)
        return m_details->presentNothing();
    //: Answers to "is the e-mail address verified?".
    const QString verified = user->emailVerified ? tr("Yes") : tr("Not yet");
    const QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a user.
        {tr("Name"), user->name.isEmpty() ? u"–"_s : user->name},
        //: Name of a fact about a user.
        {tr("Roles"), user->roles.isEmpty() ? u"–"_s : user->roles.join(u", "_s)},
        //: Name of a fact about a user: whether the e-mail address is verified.
        {tr("E-mail verified"), verified},
        //: Name of a fact about a user: when they last signed in, or that they never did.
        {tr("Last sign-in"), user->lastSignInAt ? Times::exact(*user->lastSignInAt) : tr("never")},
        //: Name of a fact about a user: when the account was created.
        {tr("Created"), Times::exact(user->createdAt)},
        //: Name of a fact about a user: how the password is stored.
        {tr("Password hash"), user->passwordScheme},
        //: Name of a fact about a user.
        {tr("User id"), user->id.toString()},
    };
    //: A remark about a user.
    m_details->present(user->email, facts, Tone::Bad,
                       user->disabled ? tr("This account is disabled: nobody can log in with it.") : QString());
}

void UsersPage::createUser()
{
    auto *dialog = new CreateUserDialog(context(), this);
    connect(dialog, &CreateUserDialog::created, this, [this](const UserView &user) {
        m_table->keepingPlace([&] { m_model->take(user); });
        showCounts();
        if (const int row = m_model->rowOf(user.id); row >= 0)
            m_table->selectRow(row);
        //: Said after an account was created; %1 is an e-mail address.
        notice().say(Tone::Good, tr("Created %1.").arg(UiTexts::foreign(user.email)));
    });
    dialog->open();
}

void UsersPage::toggleDisabled()
{
    const UserView *user = selected();
    if (!user)
        return;
    const auto change = [this, id = user->id, disable = !user->disabled] {
        ask(
            context().console.ask(SetUserDisabled {.user = id, .disabled = disable}), this,
            [this](const UserView &view) {
                m_table->keepingPlace([&] { m_model->take(view); });
                showDetails();
                //: Said after an account was disabled or enabled; %1 is an e-mail address.
                notice().say(Tone::Good, (view.disabled ? tr("%1 is disabled.") : tr("%1 is enabled.")).arg(UiTexts::foreign(view.email)));
            },
            [this](const Error &error) { showError(error); });
    };
    if (user->disabled)
        return change();
    //: Question before an account is disabled (%1 is an e-mail address), what follows, and the button.
    confirm(this,
            {.question = tr("Disable %1?").arg(UiTexts::foreign(user->email)),
             .effect = tr("All their sessions end with the next request, and they cannot log in until you enable the account again."),
             .action = tr("Disable")},
            change);
}

void UsersPage::editUser()
{
    const UserView *user = selected();
    if (!user)
        return;
    auto *dialog = new EditUserDialog(context(), *user, this);
    connect(dialog, &EditUserDialog::edited, this, [this](const UserView &view) {
        m_table->keepingPlace([&] { m_model->take(view); });
        if (const int row = m_model->rowOf(view.id); row >= 0)
            m_table->selectRow(row); // a new address is a new place
        showDetails();
        //: Said after an account was changed; %1 is an e-mail address.
        notice().say(Tone::Good, tr("%1 is changed.").arg(UiTexts::foreign(view.email)));
    });
    dialog->open();
}

void UsersPage::setPassword()
{
    const UserView *user = selected();
    if (!user)
        return;
    auto *dialog = new SetPasswordDialog(context(), *user, this);
    connect(dialog, &SetPasswordDialog::passwordSet, this, [this, email = UiTexts::foreign(user->email)] {
        //: Said after a new password was set; %1 is an e-mail address.
        notice().say(Tone::Good, tr("%1 has a new password.").arg(email));
    });
    dialog->open();
}

void UsersPage::endSessions()
{
    const UserView *user = selected();
    if (!user)
        return;
    //: Question before all sessions of a user end (%1 is an e-mail address), what follows, and the button.
    confirm(this,
            {.question = tr("End all sessions of %1?").arg(UiTexts::foreign(user->email)),
             .effect = tr("They are signed out on every device with the next request, and may log in again at once."),
             .action = tr("End sessions")},
            [this, id = user->id, email = UiTexts::foreign(user->email)] {
                ask(
                    context().console.ask(EndSessionsOf {.user = id}), this,
                    //: Said after sessions were ended: "Ended 3 sessions of ada@example.com."
                    [this, email](int ended) { notice().say(Tone::Good, tr("Ended %1 of %2.").arg(UiTexts::sessions(ended), email)); },
                    [this](const Error &error) { showError(error); });
            });
}

void UsersPage::showSessions()
{
    if (const UserView *user = selected())
        Q_EMIT sessionsWanted(user->id, user->email);
}

void UsersPage::exportTo(const QString &file)
{
    const ExportWork<UserView> work {.fetch =
                                         [this, text = m_filter->filter()](const QString &cursor, int limit) {
                                             return context().console.ask(ListUsers {.text = text, .cursor = cursor, .limit = limit});
                                         },
                                     .titles = Csv::userTitles(),
                                     .expected = count().value_or(0),
                                     .inWords = &UiTexts::users};
    work.start(file, *m_work, notice(), this);
}

} // namespace warder
