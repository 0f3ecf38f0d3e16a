#pragma once

#include "core/base/Clock.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/support/ChartRange.h"

#include <QObject>

#include <optional>

class QComboBox;
class QSettings;

namespace warder {

class Chips;

/// Which records a list shall show, by what happened and when: a row of groups, a choice of one kind of those that belong to the group, and
/// one of times. Makes the controls; a page places them. GUI thread.
class ActivityChoices final : public QObject
{
    Q_OBJECT
public:
    explicit ActivityChoices(QWidget *page);

    Chips &groups() const { return *m_groups; }
    QComboBox &kinds() const { return *m_kinds; }
    QComboBox &spans() const { return *m_spans; }

    /// See ActivityFilter.
    QStringList types() const;
    std::optional<TimePoint> since(TimePoint now) const;
    /// How much time a chart of them shows: that which is chosen, or else the longest.
    ChartRange range() const;
    bool isEverything() const;
    /// The one kind that is chosen, or else the group.
    QString kindInWords() const;
    /// Of any kind, without another choice of time.
    void dropKind();

    /// Everything, of any time; tells nobody.
    void reset();
    void restore(const QSettings &memory);
    void remember(QSettings &memory) const;

Q_SIGNALS:
    void kindChosen();
    void spanChosen();

private:
    void fillKinds();
    void addKindsOf(ActivityGroup group, bool withHeading);
    void chooseKind(const QString &type);
    ActivityGroup group() const;

    Chips *m_groups;
    QComboBox *m_kinds;
    QComboBox *m_spans;
};

} // namespace warder
