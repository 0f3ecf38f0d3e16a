#include "ui/activity/ActivityChoices.h"

#include "ui/widgets/Chips.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QSettings>
#include <QSignalBlocker>
#include <QStandardItemModel>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr std::array<Seconds, 5> timeSpans {Seconds {0}, std::chrono::hours {1}, std::chrono::days {1}, std::chrono::days {7},
                                            std::chrono::days {30}};
constexpr std::array chartRanges {ChartRange::Month, ChartRange::Hour, ChartRange::Day, ChartRange::Week, ChartRange::Month}; ///< Of them.

QStringList timeSpanNames()
{
    return {//: Choice above a list of records: of any age.
            ActivityChoices::tr("Any time"),
            //: Choice above a list of records.
            ActivityChoices::tr("Last hour"),
            //: Choice above a list of records.
            ActivityChoices::tr("24 hours"),
            //: Choice above a list of records.
            ActivityChoices::tr("7 days"),
            //: Choice above a list of records.
            ActivityChoices::tr("30 days")};
}

/// The place of what was remembered, or the first one where there is none such any more.
int placeIn(const QSettings &memory, const QString &key, qsizetype number) { return qBound(0, memory.value(key).toInt(), int(number) - 1); }

} // namespace

ActivityChoices::ActivityChoices(QWidget *page)
    : QObject(page),
      //: Name of a row of choices, for screen readers: which records are listed.
      m_groups(new Chips(tr("Kind of records"), ActivityTexts::groupNames(), page)), m_kinds(new QComboBox(page)),
      m_spans(new QComboBox(page))
{
    constexpr int charactersOfKind = 20;
    m_kinds->setObjectName(u"kind"_s);
    //: Name of a choice, for screen readers: the one kind of records that is listed.
    m_kinds->setAccessibleName(tr("One kind"));
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kinds->setMinimumContentsLength(charactersOfKind);
    m_kinds->setMaxVisibleItems(24);
    m_spans->setObjectName(u"span"_s);
    //: Name of a choice, for screen readers: how old the listed records are at most.
    m_spans->setAccessibleName(tr("Time"));
    for (QComboBox *choice : {m_kinds, m_spans})
        choice->view()->setAccessibleName(choice->accessibleName());
    m_spans->addItems(timeSpanNames());
    fillKinds();
    connect(m_groups, &Chips::chosen, this, [this] {
        fillKinds();
        Q_EMIT kindChosen();
    });
    connect(m_kinds, &QComboBox::currentIndexChanged, this, &ActivityChoices::kindChosen);
    connect(m_kinds, &QComboBox::currentTextChanged, m_kinds, &QWidget::setToolTip); // it may be longer than the room
    connect(m_spans, &QComboBox::currentIndexChanged, this, &ActivityChoices::spanChosen);
}

ActivityGroup ActivityChoices::group() const { return ActivityGroup(m_groups->current()); }

/// A kind that the group has as well stays chosen.
void ActivityChoices::fillKinds()
{
    const QSignalBlocker quiet(m_kinds);
    const QString chosen = m_kinds->currentData().toString();
    m_kinds->clear();
    //: Choice above a list of records: not one kind of them alone.
    m_kinds->addItem(tr("Any kind"));
    if (group() != ActivityGroup::All)
        addKindsOf(group(), false);
    for (int each = 1; group() == ActivityGroup::All && each < ActivityTexts::groupNames().size(); ++each)
        addKindsOf(ActivityGroup(each), true);
    chooseKind(chosen);
    m_kinds->setToolTip(m_kinds->currentText());
}

void ActivityChoices::addKindsOf(ActivityGroup group, bool withHeading)
{
    if (withHeading) {
        m_kinds->addItem(ActivityTexts::groupNames().value(int(group)));
        qobject_cast<QStandardItemModel *>(m_kinds->model())->item(m_kinds->count() - 1)->setEnabled(false);
    }
    for (const QString &type : ActivityTexts::typesOf(group))
        m_kinds->addItem(ActivityTexts::what(type), type);
}

void ActivityChoices::chooseKind(const QString &type) { m_kinds->setCurrentIndex(type.isEmpty() ? 0 : qMax(0, m_kinds->findData(type))); }

QStringList ActivityChoices::types() const
{
    const QString chosen = m_kinds->currentData().toString();
    return chosen.isEmpty() ? ActivityTexts::typesOf(group()) : QStringList {chosen};
}

std::optional<TimePoint> ActivityChoices::since(TimePoint now) const
{
    const Seconds span = timeSpans.at(size_t(qMax(0, m_spans->currentIndex())));
    return span > Seconds {0} ? std::optional(now - span) : std::nullopt;
}

ChartRange ActivityChoices::range() const { return chartRanges.at(size_t(qMax(0, m_spans->currentIndex()))); }

bool ActivityChoices::isEverything() const
{
    return group() == ActivityGroup::All && m_kinds->currentIndex() <= 0 && m_spans->currentIndex() <= 0;
}

QString ActivityChoices::kindInWords() const
{
    return m_kinds->currentIndex() > 0 ? m_kinds->currentText() : ActivityTexts::groupNames().value(int(group()));
}

void ActivityChoices::dropKind()
{
    {
        const QSignalBlocker quiet(this);
        m_groups->choose(0);
        chooseKind({});
    }
    Q_EMIT kindChosen();
}

void ActivityChoices::reset()
{
    const QSignalBlocker quiet(this);
    m_groups->choose(0);
    chooseKind({});
    m_spans->setCurrentIndex(0);
}

void ActivityChoices::restore(const QSettings &memory)
{
    const QSignalBlocker quiet(this);
    m_groups->choose(placeIn(memory, u"activity/group"_s, ActivityTexts::groupNames().size()));
    chooseKind(memory.value(u"activity/kind"_s).toString());
    m_spans->setCurrentIndex(placeIn(memory, u"activity/span"_s, qsizetype(timeSpans.size())));
}

void ActivityChoices::remember(QSettings &memory) const
{
    memory.setValue(u"activity/group"_s, m_groups->current());
    memory.setValue(u"activity/kind"_s, m_kinds->currentData().toString());
    memory.setValue(u"activity/span"_s, m_spans->currentIndex());
}

} // namespace warder
