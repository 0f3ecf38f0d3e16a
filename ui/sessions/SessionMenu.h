#pragma once

#include "core/base/Id.h"
#include "core/console/orders/Sessions.h"
#include "ui/PageContext.h"

#include <QObject>

#include <optional>
#include <utility>
#include <vector>

class QAction;

namespace warder {

class DataTable;
class Page;
class SessionEnding;

/// The orders about the one selected session, beside its end, in the menu of the list and in the palette of commands. Those that end or
/// refuse something ask first, and say what follows. A part of the page of sessions. GUI thread.
class SessionMenu final : public QObject
{
    Q_OBJECT
public:
    /// Behind the first action of the table, which ends what is selected. `page` hears how the orders went, and is the parent.
    SessionMenu(const PageContext &context, DataTable &table, SessionEnding &ending, Page *page);

    /// Null: not exactly one is selected.
    void present(const SessionView *session);

Q_SIGNALS:
    /// See Page::goTo().
    void goTo(const QString &pageKey, const warder::PageFilter &filter);
    void onlyUserWanted(const warder::Id &user, const QString &email);
    void onlyAddressWanted(const QString &address);
    /// `device` as the list shows it.
    void onlyDeviceWanted(const QString &device);

private:
    enum class Act {
        EndUser,
        EndAddress,
        Block,
        BlockReplay,
        OnlyUser,
        OnlyAddress,
        OnlyDevice,
        ShowUser,
        ShowActivity,
        CopyAddress,
        CopyId
    };

    void add(Act act, const QString &text, const QString &iconName = {});
    void addSeparator();
    bool canDo(Act act) const;
    void carryOut(Act act);

    PageContext m_context;
    DataTable &m_table;
    SessionEnding &m_ending;
    Page *m_page;
    QAction *m_before; ///< What stood below the first one.
    std::vector<std::pair<Act, QAction *>> m_actions;
    std::optional<SessionView> m_session;
    QString m_address; ///< Of m_session, as a filter and a block take it; empty: none that is known.
    QString m_replay;  ///< Likewise: where its spent refresh token came from.
};

} // namespace warder
