#pragma once

#include "core/console/TextMatcher.h"
#include "ui/settings/SettingGroups.h"

#include <QHash>
#include <QMap>
#include <QPointer>
#include <QScrollArea>

#include <optional>

class QPushButton;

namespace warder {

class Panel;
class SettingRow;
class SettingsDraft;
struct SettingView;

/// All settings, part by part, as far as a search lets them through. Its rows are made part by part, a turn of the event loop each, so that
/// the window never stands still for them. GUI thread.
class SettingsList final : public QScrollArea
{
    Q_OBJECT
public:
    /// `draft` outlives it.
    SettingsList(const SettingsDraft &draft, QWidget *parent);

    /// Tab goes from `widget` into the rows.
    void setBefore(QWidget *widget) { m_lastInTabOrder = widget; }
    /// What can be ordered about all of a part: at the right of its title, where it comes with the first rows.
    void setOrder(SettingGroup group, QPushButton *button);

    /// What the draft says now.
    void present();
    /// Words, each of which a row must have; none: all rows are shown.
    void setFilter(const QString &typed);
    bool isShown(SettingGroup group) const;
    bool isEmpty() const;
    void scrollTo(SettingGroup group);
    /// Nothing happens for a setting that is not shown.
    void focusRow(const QString &key);

Q_SIGNALS:
    /// Other rows than before are shown.
    void shownChanged();
    /// See SettingRow.
    void edited(const QString &key, const QString &text);
    void defaultWanted(const QString &key);
    void takeBackWanted(const QString &key);

protected:
    void focusInEvent(QFocusEvent *event) override;

private:
    std::optional<SettingGroup> nextGroup() const;
    void makeNext();
    void addRow(const SettingView &setting);
    void placeInTabOrder(QWidget &widget);
    void applyFilter();
    static void layOut();

    const SettingsDraft &m_draft;
    QList<warder::Panel *> m_panels; ///< By SettingGroup. (Panel alone is a shape of QFrame in here.)
    QMap<SettingGroup, QPushButton *> m_orders;
    QHash<QString, SettingRow *> m_rows;
    QList<TextMatcher> m_words;
    QPointer<QWidget> m_first; ///< The first editor that is shown and can be used.
    QWidget *m_lastInTabOrder = nullptr;
};

} // namespace warder
