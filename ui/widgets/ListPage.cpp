#include "ui/widgets/ListPage.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/DetailsSide.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/FilterHistory.h"
#include "ui/widgets/JumpBar.h"
#include "ui/widgets/ListFoot.h"
#include "ui/widgets/ListJumps.h"
#include "ui/widgets/ListKeyboard.h"
#include "ui/widgets/ListPageExport.h"
#include "ui/widgets/ListTools.h"
#include "ui/widgets/PagedList.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/WhyEmpty.h"

#include <QHBoxLayout>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostSorted = 10'000; ///< Rows that a click on a header may have read.
constexpr int widestPart = 220;       ///< Pixels of what was typed, on a button.

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
    m_whyEmpty = new WhyEmpty(*m_empty, texts.count, this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_jumpBar = new JumpBar(panel);
    auto *list = new QHBoxLayout;
    list->setSpacing(0);
    list->addWidget(m_stack, 1);
    list->addWidget(m_jumpBar);
    panel->body()->addLayout(list);
    m_side = new DetailsSide(texts.details, texts.hint, splitter);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    m_tools = new ListTools(texts.filter, m_table, this);
    m_filter = &m_tools->filter();
    addTools(m_tools);
    body()->addLayout(m_tools->below());
    body()->addWidget(splitter, 1);
}

void ListPage::addTool(QWidget *tool, Place place)
{
    place == Place::BesideFilter ? m_tools->addBesideFilter(tool) : m_tools->addAtTheEnd(tool);
}

void ListPage::addBelowTools(QWidget *widget) { m_tools->addBelow(widget); }

void ListPage::addAboveList(QWidget *widget) { m_tools->addWideBelow(widget); }

QPushButton *ListPage::addOrder(const QString &iconName, const QString &text, std::function<void()> order)
{
    return m_side->addOrder(iconName, text, std::move(order));
}

void ListPage::start(PagedList *model)
{
    m_model = model;
    m_foot = new ListFoot(this);
    body()->addWidget(m_foot);
    m_table->present(model);
    m_filter->keepHistory({context().memory, m_key});
    m_filter->setFilter(context().memory.value(m_key + u"/filter"_s).toString());
    setQuestion();
    adopt(*m_table);
    m_table->setComplete(false);
    wire();
    m_keys = new ListKeyboard(*m_table, *m_side, m_filter);
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
        if (!m_foot->isSearching()) // else the rows that leave take the selection along: it is counted once all have come
            sayCount();
        showDetails();
    });
    connect(m_table, &DataTable::sortingWanted, this, &ListPage::readWholeListToSort);
    wireExport();
    connect(m_model, &PagedList::updated, this, [this] {
        m_table->setComplete(m_model->isWhole());
        m_table->setBeginsInside(m_model->hasEarlier());
        showRows();
        m_jumps->readEarlier();
    });
    m_jumps = new ListJumps(*m_jumpBar, *m_table, *m_stack, *m_model, this);
    connect(m_jumpBar, &JumpBar::chosen, this, [this](int mark) {
        if (!isStale())
            m_jumps->jumpTo(mark);
    });
    connect(m_model, &PagedList::failed, this, [this](const Error &error) {
        m_jumps->cancel();
        showError(error);
    });
    connect(m_empty, &EmptyState::acted, this, [this] {
        clearFilter();
        m_isFilteredByJump = false; // the person's own choice
    });
    connect(m_empty, &EmptyState::offered, this, [this] { m_filter->setFocus(Qt::OtherFocusReason); });
}

void ListPage::wireExport()
{
    m_export = new ListPageExport(*m_model, *m_table, m_foot->work(), this);
    const auto write = [this](const QString &file, int scope) {
        m_export->write(file, scope, {.total = total(), .selected = selectedRows()});
    };
    //: Title of a dialog that asks for a file.
    m_table->setExporter([this] { return total() ? tr("Export %Ln row(s)", nullptr, int(*total())) : m_texts.exportTitle; },
                         [write](const QString &file) { write(file, 0); });
    m_table->setExportScopes([this] { return m_export->scopes({.total = total(), .selected = selectedRows()}); }, write);
    m_table->offerJsonLines();
    connect(m_export, &ListPageExport::written, this, &ListPage::reportWritten);
    connect(m_export, &ListPageExport::failed, this, &ListPage::reportNotWritten);
}

void ListPage::refresh()
{
    m_whyEmpty->renew();
    m_model->reload(m_model->rowCount());
}

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
        context().memory.setValue(m_key + u"/filter"_s, FilterHistory::looksSecret(filter()) ? QString() : filter());
}

void ListPage::applyFilter()
{
    m_isFilteredByJump = false;
    search();
}

void ListPage::search()
{
    m_typing = false;
    m_jumps->cancel();
    m_whyEmpty->forget();
    m_table->release();
    const bool wasInside = m_model->hasEarlier();
    setQuestion();
    m_model->search();
    if (wasInside) { // what comes begins at its begin
        m_table->setBeginsInside(false);
        m_table->selectionModel()->clearCurrentIndex(); // the view would follow it
        m_table->scrollToTop();
    }
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
    m_table->release();
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

WorkBar &ListPage::work() const { return m_foot->work(); }

void ListPage::addToFoot(QWidget *widget) { m_foot->add(widget); }

void ListPage::goToBegin() { m_jumps->jumpToBegin(); }

bool ListPage::isStale() const { return m_typing || m_model->isSearching(); }

QList<int> ListPage::selectedRows() const { return isStale() ? QList<int>() : m_table->selectedRows(); }

int ListPage::selectedRow() const { return !isStale() && m_table->selectedCount() == 1 ? m_table->selectedRows().value(0, -1) : -1; }

std::optional<qint64> ListPage::total() const { return m_typing ? std::nullopt : m_model->total(); }

bool ListPage::isTooLongToSort() const { return !m_model->isWhole() && total().value_or(m_model->rowCount()) > mostSorted; }

void ListPage::readWholeListToSort()
{
    if (!m_table->wantsSorting() || m_model->isLoading() || isStale() || (!total() && m_model->isCountable()))
        return;
    if (!isTooLongToSort())
        return m_model->jumpTo({}, total().value_or(mostSorted) + 1);
    m_table->forgetSorting();
    Q_EMIT done(m_texts.tooLongToSort.arg(UiTexts::count(mostSorted)));
}

QString ListPage::countInWords(qint64 total) const { return m_texts.count(total); }

void ListPage::showRows()
{
    showCount();
    showDetails();
}

void ListPage::openByDetails() { m_table->setOpening(m_keys->toDetails()); }

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
    if (!isStale()) {
        m_table->setTotal(total());
        m_table->setWhyUnsortable(isTooLongToSort() ? m_texts.tooLongToSort.arg(UiTexts::count(mostSorted)) : QString());
    }
    readWholeListToSort();
    showTableOrEmptyState();
    m_jumps->showPlace();
}

QString ListPage::readInWords(const QString &fromBegin) const
{
    //: Below a table of which a part in the middle was read: how many rows.
    return m_model->hasEarlier() ? tr("%Ln of them were read, from a place inside the list on", nullptr, m_model->rowCount()) : fromBegin;
}

void ListPage::sayCount()
{
    if (isStale())
        m_foot->saySearching(m_texts.searching);
    else if (!total() && m_model->wasLoaded() && !m_model->isCountable())
        //: Below a table that is not read to its end, and whose number is not known.
        m_foot->sayUncounted(tr("the first %Ln were read, scroll for more", nullptr, m_model->rowCount()));
    else if (!total())
        m_foot->sayUncounted(m_model->wasLoaded() ? /*: Below a table, while its number is not known yet. */ tr("Counting…")
                                                  : /*: Below a table, while the list is not known yet. */ tr("Reading…"));
    else
        m_foot->sayCount(countInWords(*total()));
}

QString ListPage::without(const QString &part) const
{
    //: A list without a part of what narrows it; %1 is that part, as it was typed or chosen ("state:live").
    return tr("Without “%1”").arg(fontMetrics().elidedText(UiTexts::foreign(part), Qt::ElideMiddle, widestPart));
}

QString ListPage::whyNothingMatches() const
{
    const QString fault = filterFault();
    //: Nothing matches a filter; %1 is the filter.
    return fault.isEmpty() ? tr("Nothing matches “%1”.").arg(UiTexts::quoted(filter())) : fault;
}

void ListPage::showTableOrEmptyState()
{
    if (m_model->rowCount() > 0)
        m_whyEmpty->renew(); // for when they have gone
    if (m_model->rowCount() > 0 || !m_model->isWhole() || !m_model->wasLoaded() || isStale()) {
        m_whyEmpty->hide();
        return m_stack->setCurrentWidget(m_table);
    }
    const bool hadKeyboard = m_table->hasFocus();
    if (filter().isEmpty())
        presentEmpty(*m_empty);
    else
        m_empty->present(m_texts.noMatch, whyNothingMatches(), {}, m_texts.clearFilter);
    m_whyEmpty->present(narrowings());
    m_stack->setCurrentWidget(m_empty);
    if (hadKeyboard) // where it goes when the page comes up empty the next time
        m_filter->setFocus(Qt::OtherFocusReason);
}

} // namespace warder
