#pragma once

#include "core/console/orders/Changes.h"
#include "core/console/orders/Server.h"
#include "ui/PageContext.h"
#include "ui/support/Ask.h"
#include "ui/widgets/Narrowing.h"
#include "ui/widgets/Page.h"

#include <functional>

class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class DetailsPanel;
class DetailsSide;
class EmptyState;
class FilterBox;
class JumpBar;
class ListFoot;
class ListJumps;
class ListKeyboard;
class ListPageExport;
class ListTools;
class PagedList;
class WhyEmpty;
class WorkBar;

/// A page that is a list: filter and tools, the table or what stands in its place while it is empty, details of the selected row,
/// orders below them, the count; beside a list that is not read to its end a bar to jump in it. Reads, searches, counts, sorts and
/// exports, and remembers columns and filter. A page of its own gives its texts, its model (PagedModel: columns and questions), the details
/// of a row and the orders about it. GUI thread.
class ListPage : public Page
{
    Q_OBJECT
public:
    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void present(const OverviewView &overview, bool answers) override;
    void focusFilter() override;
    void filterBy(const PageFilter &filter) override;
    void remember() override;
    QWidget *firstControl() override;

protected:
    struct Texts
    {
        QString title; ///< Also the table's name for screen readers, and the file's.
        QString subtitle;
        QString details; ///< Name of the panel beside the list, for screen readers.
        QString hint;    ///< What that panel says while nothing is selected.
        QString filter;  ///< Placeholder.
        QString searching;
        QString noMatch; ///< Title of a list that is empty because of its filter.
        QString clearFilter;
        QString tooLongToSort;              ///< %1 is the number of rows that may still be sorted.
        QString exportTitle;                ///< While the number of rows is not known.
        QString (*count)(qint64) = nullptr; ///< "3,412 sessions"
    };

    /// `key` names the page's icon and its settings.
    ListPage(const PageContext &context, const QString &key, const Texts &texts, QWidget *parent);
    /// To be called at the end of a page's constructor. The model is the page's child.
    void start(PagedList *model);

    /// Hands the model what filter and tools ask for.
    virtual void setQuestion() = 0;
    virtual QString countInWords(qint64 total) const;
    /// How much of a list was read, for countInWords(); `fromBegin`: the sentence where that is from its begin on.
    QString readInWords(const QString &fromBegin) const;
    /// Shows why the list is empty, where its filter is not the reason.
    virtual void presentEmpty(EmptyState &empty) = 0;
    /// What is wrong with what was typed, where it can be no filter: a sentence that stands in place of the list.
    virtual QString filterFault() const { return {}; }
    /// What the list that was asked for is narrowed by, part by part: an empty one says how many rows there would be without each.
    virtual Narrowings narrowings() { return {}; }
    /// What the button says that leaves out this part of them, as it was typed or chosen.
    QString without(const QString &part) const;
    /// How Narrowings::count asks a CountEach; `numberOf` takes the number of rows from each of its answers.
    template <typename Each>
    auto askingFor(const Each &question, auto numberOf)
    {
        return [this, question, numberOf](const Narrowings::Take &take) {
            const auto answer = context().console.ask(question);
            const auto onCounted = [take, numberOf](const typename Each::Answer &counts) {
                QList<qint64> numbers;
                for (const auto &one : counts)
                    numbers += std::invoke(numberOf, one);
                take(numbers);
            };
            ask(answer, this, onCounted, [take](const Error &) { take({}); });
            return QFuture<void>(answer);
        };
    }
    /// The selection is another one, or its rows have changed or aged.
    virtual void showSelection(DetailsPanel &details) = 0;
    /// The number of rows may be another one.
    virtual void showCount();
    /// What stands below the table of it, and of what is selected.
    void sayCount();
    /// Of a list that is not read to its end and changes all the time.
    virtual int secondsBetweenCounts() const { return 1; }
    void everySecond() override;

    enum class Place { BesideFilter, AtTheEnd };
    void addTool(QWidget *tool, Place place = Place::AtTheEnd);
    void addBelowTools(QWidget *widget);
    /// As wide as the page, between the tools and the list.
    void addAboveList(QWidget *widget);
    /// Between the count and the progress below the list; after start().
    void addToFoot(QWidget *widget);
    /// A button below the details, for when exactly one row is selected.
    QPushButton *addOrder(const QString &iconName, const QString &text, std::function<void()> order);

    /// To be called when the person changed a tool: asks for the list anew.
    void applyFilter();
    void showDetails();
    /// Enter on a row leads to what is known of it.
    void openByDetails();
    /// The list's first row becomes the uppermost one, and has the keyboard; reads it where the list begins inside.
    void goToBegin();

    /// The button in place of an empty list: lists everything, whatever kept it from the list.
    virtual void clearFilter() { filterBy({}); }

    QString filter() const;
    FilterBox &filterBox() const { return *m_filter; }
    DataTable &table() const { return *m_table; }
    DetailsSide &side() const { return *m_side; }
    WorkBar &work() const;
    /// Where people reach the server; empty while nobody knows.
    const QString &serverUrl() const { return m_url; }
    /// The rows belong to another question than the one that stands above them.
    bool isStale() const;
    /// Rows of the model; none while they are stale.
    QList<int> selectedRows() const;
    /// -1 unless exactly one is selected.
    int selectedRow() const;
    /// How many rows the list has; empty while nobody knows.
    std::optional<qint64> total() const;
    /// Whether the filter was set by a jump and not by the person: it is not remembered then.
    bool isFilteredByJump() const { return m_isFilteredByJump; }

private:
    void wire();
    void wireExport();
    void search();
    /// Whether reading all of it costs more than an order of its rows is worth.
    bool isTooLongToSort() const;
    void readWholeListToSort();
    void showRows();
    QString whyNothingMatches() const;
    void showTableOrEmptyState();

    const QString m_key;
    const Texts m_texts;
    PagedList *m_model = nullptr;
    QStackedWidget *m_stack;
    DataTable *m_table;
    EmptyState *m_empty;
    JumpBar *m_jumpBar;
    DetailsSide *m_side;
    ListTools *m_tools;
    FilterBox *m_filter;
    ListFoot *m_foot = nullptr;
    ListJumps *m_jumps = nullptr;
    WhyEmpty *m_whyEmpty;
    ListPageExport *m_export = nullptr;
    ListKeyboard *m_keys = nullptr;
    QString m_url;
    int m_seconds = 0;     ///< Since the console was asked to count.
    bool m_typing = false; ///< The filter says something that was not asked for yet.
    bool m_isFilteredByJump = false;
};

} // namespace warder
