#include "ui/activity/RefusalsList.h"

#include "ui/activity/RefusalsModel.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {

RefusalsList::RefusalsList(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_model(new RefusalsModel(context, this)), m_count(quietLabel({}, this))
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(Space::small);
    QWidget *list = makeList(); // the filter leads to it
    addHead(*all);
    all->addWidget(list, 1);
    m_count->setObjectName(u"refusalsCount"_s);
    all->addWidget(m_count);
    setTabOrder(m_filter, m_table);
    wire();
    showRows();
}

void RefusalsList::addHead(QVBoxLayout &all)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(Space::small);
    //: Heading in a dialog, above the requests that the server refused lately.
    head->addWidget(headingLabel(tr("Refused lately"), this));
    //: Placeholder of a filter of requests.
    m_filter = new FilterBox(tr("Id, address, route or answer"), m_table, this);
    m_filter->setObjectName(u"refusalsFilter"_s);
    head->addWidget(m_filter, 1);
    all.addLayout(head);
}

QWidget *RefusalsList::makeList()
{
    auto *panel = new Panel({}, this);
    panel->setFlush();
    m_stack = new QStackedWidget(panel);
    //: Name of a table, for screen readers and as a file name: requests that the server refused.
    m_table = new DataTable(tr("Refused requests"), u"refusals"_s, m_stack);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    m_table->setMinimumHeight(110); // three rows
    m_table->exportByItself(m_table->accessibleName(), [this](const QString &fault) { Q_EMIT notWritten(fault); });
    m_empty = quietLabel({}, m_stack);
    m_empty->setContentsMargins(Space::large, Space::small, Space::large, Space::small);
    m_empty->setAlignment(Qt::AlignTop);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
    return panel;
}

void RefusalsList::wire()
{
    connect(m_filter, &FilterBox::filterChanged, this, [this](const QString &text) {
        m_isSearched = true;
        m_model->search(text);
    });
    connect(m_filter, &FilterBox::edited, m_table, &DataTable::setStale);
    connect(m_model, &RefusalsModel::updated, this, &RefusalsList::showRows);
    connect(m_model, &RefusalsModel::failed, this, &RefusalsList::showError);
    connect(m_table, &DataTable::selectionMoved, this, [this] { pick(false); });
    connect(m_table, &DataTable::sortingWanted, this, [this] { m_model->fetchMore({}); });
    //: Menu item of a request in a list: says why it was refused.
    m_table->setOpening(tr("Say &why"), [this] { pick(true); });
    m_timer.setInterval(3s);
    connect(&m_timer, &QTimer::timeout, this, &RefusalsList::readNew);
}

void RefusalsList::readNew() { m_model->readNew(); }

void RefusalsList::forget()
{
    m_picked = 0;
    m_table->clearSelection();
}

void RefusalsList::pick(bool goOn)
{
    const RefusalView *row = m_model->rowAt(m_table->selectedRows().value(0, -1));
    const qint64 number = row ? RefusalsModel::numberOf(*row) : 0;
    if (number != 0 && (goOn || number != m_picked)) {
        m_picked = number;
        Q_EMIT picked(RefusalView(*row), goOn); // a copy: new rows may come meanwhile
    }
}

/// Who wants it sorted needs all of it.
void RefusalsList::showRows()
{
    m_table->setStale(false);
    m_table->setComplete(m_model->isWhole());
    if (m_table->wantsSorting())
        m_model->fetchMore({});
    m_empty->setText(inWords());
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    m_count->setText(m_model->rowCount() > 0 ? inWords() : QString());
    if (!std::exchange(m_isSearched, false))
        return;
    QAccessibleAnnouncementEvent heard(m_count, inWords());
    QAccessible::updateAccessibility(&heard);
}

void RefusalsList::showError(const Error &error)
{
    m_empty->setText(UiTexts::of(error));
    m_count->setText(m_model->rowCount() > 0 ? UiTexts::of(error) : QString());
}

QString RefusalsList::inWords() const
{
    if (!m_model->wasLoaded())
        //: In place of a list of requests, while it is not known yet.
        return tr("Reading…");
    if (m_model->rowCount() == 0 && !m_filter->filter().isEmpty())
        //: In place of a list of requests of which none matches the filter.
        return tr("No refused request matches.");
    if (m_model->rowCount() == 0)
        //: In place of a list of requests that is empty: what will appear there.
        return tr("The server has refused nothing since it was started. Requests that it refuses appear here by themselves.");
    if (!m_model->isWhole())
        //: Below a list of requests that is not read to its end.
        return tr("The newest %Ln of them, scroll for more.", nullptr, m_model->rowCount());
    //: Below a list of requests: how many were refused that the server remembers.
    return tr("%Ln refused request(s) that the server remembers.", nullptr, m_model->rowCount());
}

void RefusalsList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start();
    readNew();
}

void RefusalsList::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace warder
