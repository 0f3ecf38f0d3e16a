#pragma once

#include "ui/PageContext.h"
#include "ui/settings/SettingsDraft.h"
#include "ui/settings/StoredChoices.h"
#include "ui/widgets/Page.h"

#include <functional>

class QListWidget;
class QStackedWidget;

namespace warder {

class EmptyState;
class FilterBox;
class SettingsList;
class StageBar;

/// Every setting of the server: what it is, where that comes from, and another value for it. Changes are gathered, shown before they are
/// applied, and applied together; what the server refuses stays on the page with the reason at its row. They outlive a look at other
/// pages, and news from the server. Read anew when the server tells that its settings may be others.
class SettingsPage final : public Page
{
    Q_OBJECT
public:
    SettingsPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    void apply(const QList<Change> &changes) override;
    void focusFilter() override;
    void filterBy(const PageFilter &filter) override;
    QList<QWidget *> parts() const override;
    bool hasParts() const override { return true; }
    QList<PagePlace> places() const override;
    QWidget *firstControl() override;

private:
    void build();
    QWidget *makeGroups();
    void addTuning();
    void wire();
    void setFilter(const QString &typed);
    void showShown();
    void showDraft();
    /// Asks what the server thinks of what was chosen.
    void check();
    /// Does it, shows what it came to, and has it checked.
    void edit(const std::function<void()> &how);

    void preview();
    void discard();
    /// Asks how passwords shall be hashed on the server's machine; what comes of it waits below, as what is typed does.
    void tuneHashing();
    void applyChoices();
    void reportStored(const StoredChoices &sent, const QStringList &waiting);
    /// How it is taken back, after which the page is read anew.
    Undo undoOf(const StoredChoices &sent);
    void reportRefused(const StoredChoices &sent, const Error &error);
    /// Goes to the first choice that cannot be applied, also if the search had hidden it.
    void goToFault();

    SettingsDraft m_draft;
    FilterBox *m_filter = nullptr;
    QListWidget *m_groups = nullptr;
    QStackedWidget *m_stack = nullptr;
    SettingsList *m_list = nullptr;
    EmptyState *m_empty = nullptr;
    StageBar *m_bar = nullptr;
    QList<SettingChoice> m_stored; ///< Since the last reading: no changes any more as soon as the page shows them.
    bool m_isApplying = false;
};

} // namespace warder
