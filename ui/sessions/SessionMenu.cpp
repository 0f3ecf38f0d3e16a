#include "ui/sessions/SessionMenu.h"

#include "core/console/SessionQuery.h"
#include "ui/limits/NetworkChanges.h"
#include "ui/sessions/SessionEnding.h"
#include "ui/support/Icons.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Page.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace warder {

SessionMenu::SessionMenu(const PageContext &context, DataTable &table, SessionEnding &ending, Page *page)
    : QObject(page), m_context(context), m_table(table), m_ending(ending), m_page(page), m_before(table.actions().value(1))
{
    //: Menu item: ends all sessions of the user whose session is selected. The dots say that a question follows.
    add(Act::EndUser, tr("Revoke all of this &user…"), u"ban"_s);
    //: Menu item: ends all sessions that were opened from the network address of the selected one. The dots say that a question follows.
    add(Act::EndAddress, tr("Revoke all &from this address…"));
    //: Menu item: everything that comes from the address of the selected session shall be refused. The dots say that a dialog follows.
    add(Act::Block, tr("&Block this address…"));
    //: Menu item: everything from where the spent token of the selected session came shall be refused. The dots say that a dialog follows.
    add(Act::BlockReplay, tr("Block the address of the repla&y…"));
    addSeparator();
    //: Menu item: lists only the sessions of the same user.
    add(Act::OnlyUser, tr("Only this &person"), u"search"_s);
    //: Menu item: lists only the sessions from the same network address.
    add(Act::OnlyAddress, tr("Only this a&ddress"));
    //: Menu item: lists only the sessions of the same browser and system.
    add(Act::OnlyDevice, tr("Only this de&vice"));
    //: Menu item: goes to the account whose session is selected.
    add(Act::ShowUser, tr("Sho&w user"), u"users"_s);
    //: Menu item: goes to the records of what happened in the selected session.
    add(Act::ShowActivity, tr("Show its ac&tivity"), u"activity"_s);
    addSeparator();
    //: Menu item: copies the network address of the selected session.
    add(Act::CopyAddress, tr("Copy &address"), u"copy"_s);
    //: Menu item: copies the id of the selected session.
    add(Act::CopyId, tr("Copy session &id"));
    addSeparator();
    present(nullptr);
}

void SessionMenu::add(Act act, const QString &text, const QString &iconName)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    connect(action, &QAction::triggered, this, [this, act] { carryOut(act); });
    m_table.insertAction(m_before, action);
    m_actions.emplace_back(act, action);
}

void SessionMenu::addSeparator()
{
    auto *line = new QAction(this);
    line->setSeparator(true);
    m_table.insertAction(m_before, line);
}

void SessionMenu::present(const SessionView *session)
{
    m_session = session ? std::optional(*session) : std::nullopt;
    m_address = session ? session_query::addressOf(session->address).value_or(QString()) : QString();
    const bool isReplayed = session && session->endReason == "reuse"_L1;
    m_replay = isReplayed ? session_query::addressOf(session->lastAddress).value_or(QString()) : QString();
    for (const auto &[act, action] : m_actions) {
        action->setEnabled(canDo(act));
        action->setVisible(act != Act::BlockReplay || canDo(act));
    }
}

bool SessionMenu::canDo(Act act) const
{
    switch (act) {
    case Act::EndUser:
    case Act::OnlyUser:
    case Act::ShowUser:
    case Act::ShowActivity:
    case Act::CopyId:       return m_session.has_value();
    case Act::EndAddress:
    case Act::Block:
    case Act::OnlyAddress:  return !m_address.isEmpty();
    case Act::OnlyDevice:   return m_session && !m_session->device.isEmpty();
    case Act::CopyAddress:  return m_session && !m_session->address.isEmpty();
    case Act::BlockReplay:  return !m_replay.isEmpty();
    }
    Q_UNREACHABLE_RETURN(false);
}

void SessionMenu::carryOut(Act act)
{
    if (!canDo(act))
        return;
    const SessionView session = m_session.value_or(SessionView {});
    //: Button: ends all sessions of a user, or of a network address.
    const QString revokeAll = tr("Revoke all");
    switch (act) {
    case Act::EndUser:      return m_ending.startCounted({.filter = {.user = session.userId}, .email = session.email, .action = revokeAll});
    case Act::EndAddress:   return m_ending.startCounted({.filter = {.address = m_address}, .action = revokeAll});
    case Act::Block:        return NetworkChanges::add(*m_page, m_context, NetworkStanding::Blocked, m_address, [] {});
    case Act::BlockReplay:  return NetworkChanges::add(*m_page, m_context, NetworkStanding::Blocked, m_replay, [] {});
    case Act::OnlyUser:     return Q_EMIT onlyUserWanted(session.userId, session.email);
    case Act::OnlyAddress:  return Q_EMIT onlyAddressWanted(m_address);
    case Act::OnlyDevice:   return Q_EMIT onlyDeviceWanted(session.device);
    case Act::ShowUser:     return Q_EMIT goTo(u"users"_s, {.text = session.email, .user = session.userId});
    case Act::ShowActivity: return Q_EMIT goTo(u"activity"_s, {.text = session.email, .user = session.userId, .session = session.id});
    case Act::CopyAddress:  return QGuiApplication::clipboard()->setText(session.address);
    case Act::CopyId:       return QGuiApplication::clipboard()->setText(session.id.toString());
    }
}

} // namespace warder
