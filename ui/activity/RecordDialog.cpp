#include "ui/activity/RecordDialog.h"

#include "ui/activity/ActivityTexts.h"
#include "ui/activity/RecordFacts.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype shownOfHash = 12; ///< Characters; the tip has all of them.

QList<Column<ActivityView>> relatedColumns()
{
    using Row = const ActivityView &;
    return {
        //: Column title: what happened.
        {.title = RecordDialog::tr("What"),
         .characters = 24,
         .text = [](Row row, TimePoint) { return ActivityTexts::what(row.type); },
         .tone = [](Row row) { return ActivityTexts::tone(row.type); },
         .icon = [](Row row) { return ActivityTexts::iconName(row.type); }},
        //: Column title: whom a record is about.
        {.title = RecordDialog::tr("Who"), .characters = 24, .text = [](Row row, TimePoint) { return ActivityTexts::who(row); }},
        //: Column title: when it happened.
        {.title = RecordDialog::tr("When"), .characters = 12, .time = [](Row row) { return std::optional(row.at); }},
        //: Column title: the number of a record in the chain of all of them.
        {.title = RecordDialog::tr("Number"), .characters = 8, .number = &ActivityView::seq},
        //: Column title: the network address that it came from.
        {.title = RecordDialog::tr("Address"), .characters = 15, .text = [](Row row, TimePoint) { return row.address; }},
        //: Column title: the beginning of the hash of a record, which is made of the record and of the one before.
        {.title = RecordDialog::tr("Hash"),
         .characters = 13,
         .text = [](Row row, TimePoint) { return row.hash.left(shownOfHash); },
         .tip = [](Row row) { return row.hash; }},
    };
}

QString inWords(Relation relation)
{
    switch (relation) {
    //: Which records are listed beside one: those of the same session.
    case Relation::Session: return RecordDialog::tr("Same session");
    //: Which records are listed beside one: those about the same account.
    case Relation::User: return RecordDialog::tr("Same account");
    //: Which records are listed beside one: those from the same network address.
    case Relation::Address: return RecordDialog::tr("Same address");
    //: Which records are listed beside one: its neighbours in the chain of all records.
    case Relation::Chain: return RecordDialog::tr("Before and after it");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

RecordDialog::RecordDialog(const PageContext &context, const ActivityView &record, QWidget *parent)
    : QDialog(parent), m_context(context), m_related(new RelatedRecords(context, this)),
      m_model(new RowsModel<ActivityView>(context.clock, relatedColumns(), this)), m_title(titleLabel({}, this)),
      m_remark(quietLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 620);
    build();
    wire();
    present(record);
    m_details->setFocus();
}

void RecordDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(m_title);
    all->addWidget(makeSides(), 4);
    all->addWidget(makeChoices());
    all->addWidget(makeRelated(), 3);
    m_remark->setObjectName(u"remark"_s);
    all->addWidget(m_remark);
    all->addWidget(makeButtons());
}

QWidget *RecordDialog::makeSides()
{
    auto *sides = new QSplitter(this);
    sides->setChildrenCollapsible(false);
    sides->setHandleWidth(12);
    //: Name of a part of a dialog, for screen readers: what is known of a record.
    m_details = new DetailsPanel(tr("Details of the record"), {}, sides);
    //: Title above a record as it is recorded, by its own names.
    auto *right = new Panel(tr("As recorded"), sides);
    right->setFlush();
    m_json = new QPlainTextEdit(right);
    m_json->setObjectName(u"json"_s);
    //: Name of a text, for screen readers; JSON is a format.
    m_json->setAccessibleName(tr("The record as JSON"));
    m_json->setReadOnly(true);
    m_json->setTabChangesFocus(true);
    m_json->setFont(fixedWidth(font()));
    m_json->setFrameShape(QFrame::NoFrame);
    keepReadable(m_json);
    new FocusRing(m_json);
    right->body()->addWidget(m_json);
    sides->setSizes({400, 420});
    return sides;
}

QWidget *RecordDialog::makeChoices()
{
    auto *choices = new QWidget(this);
    auto *row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    m_relation = new QComboBox(choices);
    m_relation->setObjectName(u"relation"_s);
    //: Name of a choice, for screen readers: which records are listed beside one.
    m_relation->setAccessibleName(tr("Related by"));
    //: Before a choice: which records are listed beside one.
    QLabel *label = textLabel(tr("&Related"), choices);
    label->setWordWrap(false);
    label->setBuddy(m_relation);
    //: Button: the page shall list the records that a dialog shows beside one.
    m_list = new QPushButton(tr("&List them on the page"), choices);
    m_list->setObjectName(u"list"_s);
    m_list->setAutoDefault(false);
    row->addWidget(label);
    row->addWidget(m_relation);
    row->addStretch(1);
    row->addWidget(m_list);
    return choices;
}

QWidget *RecordDialog::makeRelated()
{
    auto *panel = new Panel({}, this);
    panel->setFlush();
    //: Name of a table, for screen readers and as a file name: records that belong to another one.
    m_table = new DataTable(tr("Related records"), u"relatedRecords"_s, panel);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    m_table->setMinimumHeight(110); // three rows
    m_table->exportByItself(m_table->accessibleName(), [this](const QString &fault) { m_remark->setText(UiTexts::reason(fault)); });
    panel->body()->addWidget(m_table);
    return panel;
}

/// None is the default: the Enter that opens the dialog would close it where the key repeats.
QWidget *RecordDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button of a dialog: shows the record that was shown before.
    m_back = buttons->addButton(tr("&Back"), QDialogButtonBox::ActionRole);
    m_back->setObjectName(u"back"_s);
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &RecordDialog::reject);
    return buttons;
}

void RecordDialog::wire()
{
    connect(m_related, &RelatedRecords::found, this, &RecordDialog::presentRelated);
    connect(m_related, &RelatedRecords::failed, this, [this](const Error &error) { m_remark->setText(UiTexts::of(error)); });
    connect(m_relation, &QComboBox::currentIndexChanged, this, &RecordDialog::read);
    connect(m_list, &QPushButton::clicked, this, &RecordDialog::list);
    connect(m_back, &QPushButton::clicked, this, &RecordDialog::goBack);
    //: Menu item of a record in a list: shows it in full, in place of the one that is shown.
    m_table->setOpening(tr("&Open this record"), [this] { openSelected(); });
}

void RecordDialog::present(const ActivityView &record)
{
    m_record = record;
    //: Title of a dialog that shows a record in full; %1 is its number.
    setWindowTitle(tr("Record %1").arg(UiTexts::count(record.seq)));
    m_title->setText(windowTitle());
    m_details->present(ActivityTexts::what(record.type), RecordFacts::of(record, m_context.clock.now()));
    m_json->setPlainText(RecordFacts::json(record));
    m_back->setEnabled(!m_visited.isEmpty());
    offerRelations();
    read();
}

/// What was chosen stays, if this one has such relatives, too.
void RecordDialog::offerRelations()
{
    const QSignalBlocker quiet(m_relation);
    const QVariant chosen = m_relation->currentData();
    m_relation->clear();
    for (const Relation each : RelatedRecords::of(m_record))
        m_relation->addItem(inWords(each), int(each));
    m_relation->setCurrentIndex(qMax(0, chosen.isValid() ? m_relation->findData(chosen) : 0));
}

Relation RecordDialog::relation() const { return Relation(m_relation->currentData().toInt()); }

void RecordDialog::read()
{
    m_list->setEnabled(RelatedRecords::filterOf(m_record, relation()).has_value());
    m_related->read(m_record, relation());
}

void RecordDialog::presentRelated(const QList<ActivityView> &records)
{
    m_model->updateTo(records, &ActivityView::id);
    const auto own = std::ranges::find(m_model->rows(), m_record.id, &ActivityView::id);
    if (own != m_model->rows().end())
        m_table->selectRow(int(own - m_model->rows().begin()));
    //: Below a list of records that belong to another one; %1 is a number, the same one twice.
    m_remark->setText(
        tr("The nearest ones are listed: at most %1 before it, and %1 after it.").arg(UiTexts::count(RelatedRecords::mostEachSide)));
}

void RecordDialog::openSelected()
{
    const ActivityView *chosen = m_model->rowAt(m_table->selectedRows().value(0, -1));
    if (!chosen || chosen->id == m_record.id)
        return;
    m_visited += m_record;
    present(ActivityView(*chosen)); // a copy: the rows become others
}

void RecordDialog::goBack()
{
    m_table->setFocus(Qt::OtherFocusReason); // the button may be out of reach then
    present(m_visited.takeLast());
}

void RecordDialog::list()
{
    if (const auto filter = RelatedRecords::filterOf(m_record, relation()))
        Q_EMIT listWanted(*filter);
    accept();
}

} // namespace warder
