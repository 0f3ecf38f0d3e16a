#include "ui/palette/CommandPalette.h"

#include "core/console/TextMatcher.h"
#include "ui/Pages.h"
#include "ui/palette/Commands.h"
#include "ui/palette/FoundUsers.h"
#include "ui/palette/PaletteList.h"
#include "ui/palette/Ranking.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/Panel.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int widestPalette = 640;
constexpr int aroundPalette = 24; // least room beside it and above

} // namespace

CommandPalette::CommandPalette(Console &console, Pages &pages, const QMenuBar &menus, QWidget *over)
    : QFrame(over), m_pages(pages), m_menus(menus), m_edit(new QLineEdit(this)), m_list(new PaletteList(this)),
      m_nothing(quietLabel({}, this)), m_model(new PaletteModel(this)), m_users(new FoundUsers(console, this))
{
    build();
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_users, &FoundUsers::found, this, &CommandPalette::showUsers);
    connect(m_list, &QAbstractItemView::clicked, this, &CommandPalette::runCurrent);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, const QWidget *now) { hearFocus(now); });
    m_edit->installEventFilter(this);
    over->installEventFilter(this);
    hide();
}

CommandPalette::~CommandPalette() { disconnect(qApp, nullptr, this, nullptr); } // its field may lose the keyboard on the way

void CommandPalette::build()
{
    setObjectName(u"palette"_s);
    //: Name of the field that finds pages, orders and users, for screen readers.
    setAccessibleName(tr("Palette of commands"));
    m_edit->setAccessibleName(accessibleName());
    //: In the empty field that finds pages, orders and users.
    m_edit->setPlaceholderText(tr("Go to a page, do something, find a user by e-mail"));
    m_edit->setMaxLength(int(TextMatcher::longest));
    keepReadable(m_edit);
    m_edit->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_list->setModel(m_model);
    //: In place of the list below the field that finds pages, orders and users.
    m_nothing->setText(tr("Nothing is called so."));
    m_nothing->setContentsMargins(Space::medium, Space::narrow, Space::medium, Space::small);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    column->setSpacing(Space::small);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    column->addWidget(m_nothing);
}

void CommandPalette::toggle() { isHidden() ? open() : putAway(); }

void CommandPalette::open()
{
    m_before = QApplication::focusWidget();
    gather();
    m_edit->clear();
    showMatches();
    place();
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::putAway()
{
    const QPointer<QWidget> before = m_before;
    m_before.clear();
    const bool hadKeyboard = m_edit->hasFocus();
    if (hadKeyboard && before && before->isVisible() && before->isEnabled())
        before->setFocus(Qt::OtherFocusReason);
    else if (hadKeyboard)
        m_pages.takeKeyboard();
    hide();
    m_users->lookFor({});
}

void CommandPalette::hearFocus(const QWidget *now)
{
    const bool isElsewhere = now && now->window() == window() && now != this && !isAncestorOf(now);
    if (isElsewhere && !isHidden())
        putAway();
}

void CommandPalette::gather()
{
    m_all.clear();
    QList<WindowCommand> commands = Commands::ofMenus(m_menus);
    const auto others = std::ranges::stable_partition(commands, &WindowCommand::isPage);
    const qsizetype pages = others.begin() - commands.begin();
    const QList<WindowCommand> ofPage = Commands::ofPage(m_pages.current());
    commands = commands.first(pages) + ofPage + commands.sliced(pages);
    for (const WindowCommand &command : std::as_const(commands)) {
        if (command.isPossible && command.action->objectName() != "palette"_L1)
            m_all += rowOf(command);
    }
    for (Page *page : m_pages.all())
        gatherPlaces(*page);
}

PaletteRow CommandPalette::rowOf(const WindowCommand &command)
{
    return {.name = command.name,
            .where = command.isPage ? /*: Behind the name of a page: what it is. */ tr("Page") : command.where,
            .keys = command.keys.value(0),
            .more = command.where + u' ' + command.more,
            .run = [action = command.action] {
                if (action)
                    action->trigger();
            }};
}

void CommandPalette::gatherPlaces(Page &page)
{
    for (const PagePlace &place : page.places())
        m_all += PaletteRow {
            .name = place.name, .where = page.title(), .more = place.more, .isPlace = true, .run = [this, &page, filter = place.filter] {
                m_pages.jumpTo(page.objectName(), filter);
            }};
}

QList<PaletteRow> CommandPalette::userRows() const
{
    QList<PaletteRow> rows;
    for (const UserView &user : m_users->users())
        rows +=
            PaletteRow {.name = UiTexts::plain(user.email),
                        .where = UiTexts::plain(user.name),
                        .run = [this, filter = PageFilter {.text = user.email, .user = user.id}] { m_pages.jumpTo(u"users"_s, filter); }};
    return rows;
}

void CommandPalette::showMatches()
{
    QList<Ranking::Candidate> candidates;
    for (const PaletteRow &row : std::as_const(m_all))
        candidates += Ranking::Candidate {.name = row.name, .more = row.more, .isPlace = row.isPlace};
    m_named.clear();
    for (const qsizetype place : Ranking(m_edit->text()).best(candidates))
        m_named += m_all[place];
    m_users->lookFor(m_edit->text());
    present(m_named + userRows());
    m_list->setCurrentRow(0);
    announce();
}

/// What is chosen stays chosen: Enter is never about somebody else.
void CommandPalette::showUsers()
{
    const int chosen = m_list->currentRow();
    const QString name = m_model->rows().value(chosen).name;
    present(m_named + userRows());
    const auto &rows = m_model->rows();
    const auto same = std::ranges::find(rows, name, &PaletteRow::name);
    const bool isInPlace = rows.value(chosen).name == name;
    m_list->setCurrentRow(isInPlace ? qMax(0, chosen) : same == rows.end() ? 0 : int(same - rows.begin()));
    if (!isInPlace || chosen < 0)
        announce();
}

void CommandPalette::present(const QList<PaletteRow> &rows)
{
    m_model->present(rows);
    m_list->setVisible(!rows.isEmpty());
    m_nothing->setVisible(rows.isEmpty());
    m_list->fitRows();
    place();
}

/// The keyboard stays in the field, so that a screen reader hears of the list by nobody else.
void CommandPalette::announce()
{
    const QModelIndex current = m_list->currentIndex();
    const QString heard = current.isValid() ? current.data(Qt::AccessibleTextRole).toString() : m_nothing->text();
    QAccessibleAnnouncementEvent event(m_edit, heard);
    event.setPoliteness(QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::runCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    const auto run = m_model->rows()[row].run;
    putAway();
    run();
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Escape:   putAway(); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:    runCurrent(); return true;
    case Qt::Key_Down:
    case Qt::Key_Tab:      m_list->step(1); break;
    case Qt::Key_Up:
    case Qt::Key_Backtab:  m_list->step(-1); break;
    case Qt::Key_PageDown: m_list->stepByPage(1); break;
    case Qt::Key_PageUp:   m_list->stepByPage(-1); break;
    default:               return false;
    }
    announce();
    return true;
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event)->key());
    if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::place()
{
    const QSize room = parentWidget()->size();
    const int width = qMin(widestPalette, room.width() - 2 * aroundPalette);
    layout()->activate();
    resize(width, qMin(layout()->sizeHint().height(), room.height() - 2 * aroundPalette));
    move((room.width() - width) / 2, aroundPalette);
}

void CommandPalette::paintEvent(QPaintEvent *) { paintSurface(this, true); }

} // namespace warder
