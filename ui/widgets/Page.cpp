#include "ui/widgets/Page.h"

#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/PageHead.h"

#include <QAction>
#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

/// From the left to the right, and in rows from the top: parts that begin at about the same height are a row.
bool isReadBefore(const QWidget *one, const QWidget *other)
{
    constexpr int sameRow = 24;
    const QPoint a = one->mapTo(one->window(), QPoint());
    const QPoint b = other->mapTo(other->window(), QPoint());
    return qAbs(a.y() - b.y()) < sameRow ? a.x() < b.x() : a.y() < b.y();
}

} // namespace

Page::Page(const PageContext &context, const QString &title, const QString &about, QWidget *parent)
    : QWidget(parent), m_context(context), m_head(new PageHead(title, about, this)), m_body(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::narrow, Space::large, Space::medium);
    all->setSpacing(Space::narrow);
    all->addWidget(m_head);
    m_body->setSpacing(Space::medium);
    all->addLayout(m_body, 1);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (now() < std::exchange(m_lastTick, now()))
            refresh();
        everySecond();
    });
}

Page::~Page()
{
    // The children go after this and emit on their way, a table its selection; nobody is there to hear it.
    for (QObject *child : findChildren<QObject *>())
        child->disconnect(this);
}

QString Page::title() const { return m_head->title(); }

void Page::addTools(QWidget *tools) { m_head->addTools(tools); }

void Page::addControl(QWidget *control) { m_head->addControl(control); }

void Page::answered(const void *question, bool succeeded)
{
    m_question = question;
    if (succeeded)
        endProblem(QString::number(quintptr(question)));
    if (const auto again = m_asked.take(question))
        again();
}

bool Page::hasFilter() const { return findChild<FilterBox *>() != nullptr; }

/// Also where all of them are empty just now.
bool Page::hasParts() const { return m_tables.size() + findChildren<DetailsPanel *>().size() > 1; }

QList<QWidget *> Page::parts() const
{
    QList<QWidget *> parts;
    for (DataTable *table : m_tables)
        parts += table;
    for (DetailsPanel *panel : findChildren<DetailsPanel *>())
        parts += panel;
    parts.removeIf([this](const QWidget *part) { return !part->isVisibleTo(this) || !part->isEnabled(); });
    std::ranges::stable_sort(parts, &isReadBefore);
    return parts;
}

void Page::goToNextPart()
{
    const QList<QWidget *> all = parts();
    if (all.isEmpty())
        return;
    const QWidget *focused = QApplication::focusWidget();
    const auto hasKeyboard = [focused](const QWidget *part) { return focused && (part == focused || part->isAncestorOf(focused)); };
    const qsizetype now = std::ranges::find_if(all, hasKeyboard) - all.begin();
    all[(now + 1) % (now == all.size() ? all.size() + 1 : all.size())]->setFocus(Qt::TabFocusReason);
}

DataTable *Page::tableInHand() const
{
    const auto isInView = [this](const DataTable *table) { return table->isVisibleTo(this); };
    const auto focused = std::ranges::find_if(m_tables, &QWidget::hasFocus);
    if (focused != m_tables.end())
        return *focused;
    const auto first = std::ranges::find_if(m_tables, isInView);
    return first == m_tables.end() ? unseenTable() : *first;
}

void Page::addExport()
{
    if (m_export)
        return;
    //: Order of a page: saves a list to a file. The dots say that a dialog follows.
    m_export = new QAction(tr("&Export as CSV…"), this);
    m_export->setShortcut(Qt::CTRL | Qt::Key_E);
    addAction(m_export);
    connect(m_export, &QAction::triggered, this, [this] {
        if (DataTable *table = tableInHand())
            table->askToExport();
    });
}

void Page::adopt(DataTable &table)
{
    m_tables += &table;
    addExport();
    table.restoreColumns(m_context.memory);
    table.setExporter([&table] { return table.accessibleName(); }, [this, &table](const QString &file) { save(table, file); });
}

void Page::save(const DataTable &table, const QString &name)
{
    if (const QString fault = table.saveCsv(name); fault.isEmpty())
        reportWritten(table.model()->rowCount(), name);
    else
        reportNotWritten(name, UiTexts::reason(fault));
}

void Page::remember()
{
    for (const DataTable *table : std::as_const(m_tables))
        table->rememberColumns(m_context.memory);
}

void Page::showError(const Error &error, const QString &said, const std::function<void()> &again)
{
    for (DataTable *table : std::as_const(m_tables))
        table->forgetNext(); // nothing of what was ordered leaves
    putProblem({.id = QString::number(quintptr(m_question)),
                .text = (said + u' ' + UiTexts::of(error)).trimmed(),
                .detail = error.detail,
                .action = again ? /*: Button beside an error: gives the order once more. */ tr("Try again")
                                : /*: Button beside an error: reads the page anew. */ tr("Refresh"),
                .onAction = again ? again : [this] { refresh(); }});
    if (error.ended)
        refresh(); // what is done shows, and what is left
}

void Page::showUndoError(const Error &error)
{
    showError(error);
    Q_EMIT attentionWanted();
}

void Page::reportWritten(qint64 rows, const QString &file)
{
    endProblem(u"export"_s);
    //: Said after a list was written to a file; %1 is the file.
    Q_EMIT done(tr("Wrote %Ln row(s) to %1.", nullptr, int(rows)).arg(file));
}

void Page::reportNotWritten(const QString &file, const QString &why)
{
    //: A list was not written; %1 is the file. A sentence that says why follows.
    putProblem({.id = u"export"_s, .tone = Tone::Bad, .text = tr("%1 could not be saved.").arg(file) + u' ' + why});
}

void Page::putProblem(const WindowProblem &problem)
{
    m_problems.removeIf([&problem](const WindowProblem &each) { return each.id == problem.id || each.text == problem.text; });
    m_problems.append(problem);
    Q_EMIT problemsChanged();
}

void Page::endProblem(const QString &id)
{
    if (m_problems.removeIf([&id](const WindowProblem &each) { return each.id == id; }) > 0)
        Q_EMIT problemsChanged();
}

void Page::forgetProblems()
{
    m_problems.clear();
    Q_EMIT problemsChanged();
}

void Page::readAnew()
{
    for (DataTable *table : std::as_const(m_tables))
        table->release();
    refresh();
}

void Page::refreshIfShown()
{
    if (m_shownBefore)
        refresh();
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start(1s);
    if (!m_shownBefore)
        refresh();
    m_shownBefore = true;
}

void Page::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace warder
