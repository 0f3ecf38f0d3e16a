#include "ui/widgets/ListPage.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsSide.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PagedModel.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/WorkBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostSorted = 10'000; ///< Rows that a click on a header may have read.

} // namespace

ListPage::ListPage(const PageContext &context, const QString &key, const Texts &texts, QWidget *parent)
    : Page(context, texts.title, texts.subtitle, parent), m_key(key), m_texts(texts)
{
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(12);
    auto *panel = new Panel({}, splitter);
    panel->setFlush();
    m_stack = new QStackedWidget(panel);
    m_table = new DataTable(texts.title, key, m_stack);
    m_empty = new EmptyState(key, m_stack);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
    m_side = new DetailsSide(texts.details, texts.hint, splitter);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    body()->addWidget(makeTools());
    body()->addWidget(splitter, 1);
}

QWidget *ListPage::makeTools()
{
    auto *tools = new QWidget(this);
    m_toolRows = new QVBoxLayout(tools);
    m_toolRows->setContentsMargins(0, 0, 0, 0);
    m_tools = new QHBoxLayout;
    m_tools->setSpacing(10);
    m_filter = new FilterBox(m_texts.filter, m_table, tools);
    m_tools->addWidget(m_filter, 1);
    m_tools->addStretch(1);
    m_toolRows->addLayout(m_tools);
    return tools;
}

QWidget *ListPage::makeFoot()
{
    auto *foot = new QWidget(this);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_count = quietLabel({}, foot);
    m_count->setObjectName(u"count"_s);
    m_work = new WorkBar(foot);
    row->addWidget(m_count, 1);
    row->addWidget(m_work);
    return foot;
}

void ListPage::addTool(QWidget *tool, Place place)
{
    place == Place::BesideFilter ? m_tools->insertWidget(1, tool) : m_tools->addWidget(tool);
}

void ListPage::addBelowTools(QWidget *widget) { m_toolRows->addWidget(widget, 0, Qt::AlignLeft); }

QPushButton *ListPage::addOrder(const QString &iconName, const QString &text, std::function<void()> order)
{
    return m_side->addOrder(iconName, text, std::move(order));
}

void ListPage::start(PagedList *model)
{
    m_model = model;
    body()->addWidget(makeFoot());
    m_table->present(model);
    m_filter->setFilter(context().memory.value(m_key + u"/filter"_s).toString());
    setQuestion();
    adopt(*m_table);
    m_table->setComplete(false);
    wire();
    showRows();
}

void ListPage::wire()
{
    connect(m_filter, &FilterBox::filterChanged, this, &ListPage::applyFilter);
    connect(m_filter, &FilterBox::edited, this, [this](bool differs) {
        m_typing = differs;
        showRows();
    });
    connect(m_table, &DataTable::selectionMoved, this, [this] {
        sayCount();
        showDetails();
    });
    connect(m_table, &DataTable::sortingWanted, this, &ListPage::readWholeListToSort);
    //: Title of a dialog that asks for a file.
    m_table->setExporter([this] { return total() ? tr("Export %Ln row(s)", nullptr, int(*total())) : m_texts.exportTitle; },
                         [this](const QString &file) { exportTo(file); });
    connect(m_model, &PagedList::updated, this, [this] {
        m_table->setComplete(!m_model->hasMore());
        showRows();
    });
    connect(m_model, &PagedList::failed, this, [this](const Error &error) { showError(error); });
    connect(m_empty, &EmptyState::acted, this, [this] {
        filterBy({});
        m_isFilteredByJump = false; // the person's own choice
    });
}

void ListPage::refresh() { m_model->reload(m_model->rowCount()); }

void ListPage::apply(const QList<Change> &changes) { m_model->apply(changes); }

void ListPage::present(const OverviewView &overview, bool)
{
    const QString url = UiTexts::addressOf(overview.server);
    if (std::exchange(m_url, url) != url)
        showCount();
}

void ListPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

QWidget *ListPage::firstControl() { return m_filter; }

void ListPage::remember()
{
    Page::remember();
    if (!m_isFilteredByJump)
        context().memory.setValue(m_key + u"/filter"_s, m_filter->filter());
}

void ListPage::applyFilter()
{
    m_isFilteredByJump = false;
    search();
}

void ListPage::search()
{
    m_typing = false;
    setQuestion();
    m_model->search();
    showRows();
}

/// The rows that stand there belong to the past: without them the table takes the keyboard at once.
void ListPage::filterBy(const PageFilter &filter)
{
    m_isFilteredByJump = true;
    m_typing = false;
    m_filter->setFilter(filter.text);
    setQuestion();
    if (!m_model->wasLoaded() && !m_model->isLoading())
        return; // nobody has looked yet
    m_model->clear();
    search();
}

void ListPage::everySecond()
{
    m_model->everySecond();
    ++m_seconds;
    showRows();
}

QString ListPage::filter() const { return m_filter->filter(); }

bool ListPage::isStale() const { return m_typing || m_model->isSearching(); }

QList<int> ListPage::selectedRows() const { return isStale() ? QList<int>() : m_table->selectedRows(); }

int ListPage::selectedRow() const
{
    const QList<int> rows = selectedRows();
    return rows.size() == 1 ? rows.first() : -1;
}

std::optional<qint64> ListPage::total() const { return m_typing ? std::nullopt : m_model->total(); }

void ListPage::readWholeListToSort()
{
    if (!m_table->wantsSorting() || m_model->isLoading() || isStale() || (!total() && m_model->isCountable()))
        return;
    if (total().value_or(m_model->rowCount()) <= mostSorted)
        return m_model->reload(total().value_or(mostSorted) + 1);
    m_table->forgetSorting();
    Q_EMIT done(m_texts.tooLongToSort.arg(UiTexts::count(mostSorted)));
}

QString ListPage::countInWords(qint64 total) const { return m_texts.count(total); }

void ListPage::showRows()
{
    showCount();
    showDetails();
}

void ListPage::showDetails()
{
    m_side->setOrdersEnabled(selectedRow() >= 0);
    showSelection(m_side->details());
}

void ListPage::showCount()
{
    if (!isStale() && (!m_model->total() || m_seconds >= secondsBetweenCounts())) {
        m_seconds = 0;
        m_model->updateTotal();
    }
    sayCount();
    m_table->setStale(isStale() && m_model->rowCount() > 0);
    if (!isStale())
        m_table->setTotal(total());
    readWholeListToSort();
    showTableOrEmptyState();
}

void ListPage::sayCount()
{
    if (isStale())
        m_count->setText(m_texts.searching);
    else if (!total() && m_model->wasLoaded() && !m_model->isCountable())
        //: Below a table that is not read to its end, and whose number is not known.
        m_count->setText(tr("the first %Ln were read, scroll for more", nullptr, m_model->rowCount()));
    else if (!total())
        m_count->setText(m_model->wasLoaded() ? /*: Below a table, while its number is not known yet. */ tr("Counting…")
                                              : /*: Below a table, while the list is not known yet. */ tr("Reading…"));
    else
        m_count->setText(countInWords(*total()));
}

void ListPage::showTableOrEmptyState()
{
    if (m_model->rowCount() > 0 || !m_model->wasLoaded() || isStale())
        return m_stack->setCurrentWidget(m_table);
    if (filter().isEmpty())
        presentEmpty(*m_empty);
    else
        //: Nothing matches a filter; %1 is the filter.
        m_empty->present(m_texts.noMatch, tr("Nothing matches “%1”.").arg(UiTexts::quoted(filter())), {}, m_texts.clearFilter);
    m_stack->setCurrentWidget(m_empty);
}

void ListPage::exportTo(const QString &file)
{
    if (m_work->isBusy())
        return;
    //: While a list is being written to a file; %1 is the file.
    m_work->begin(tr("Writing %1…").arg(file), [this] {
        delete m_export;
        m_work->end();
    });
    m_export =
        m_model->exportTo(file, {.progressed = [this, all = total().value_or(0)](qint64 rows) { m_work->progress(rows, qMax(rows, all)); },
                                 .written =
                                     [this, file](qint64 rows) {
                                         m_work->end();
                                         reportWritten(rows, file);
                                     },
                                 .failed =
                                     [this, file](const QString &why) {
                                         m_work->end();
                                         reportNotWritten(file, why);
                                     }});
}

} // namespace warder
