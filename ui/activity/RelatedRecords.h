#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Activity.h"
#include "ui/PageContext.h"

#include <QObject>

#include <optional>

namespace warder {

/// How records may belong to another one: by the session, the account or the network address that they name, or by standing next to it in
/// the chain.
enum class Relation { Session, User, Address, Chain };

/// Reads what belongs to a record: the nearest ones before and after it, and itself among them, newest first. GUI thread.
class RelatedRecords final : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostEachSide = 25;

    RelatedRecords(const PageContext &context, QObject *parent) : QObject(parent), m_console(context.console) {}
    ~RelatedRecords() override { cancel(); }

    /// By what a record can have relatives; the chain is always among them.
    static QList<Relation> of(const ActivityView &record);
    /// What a list asks for that has the same ones; nothing for the chain, which no filter knows.
    static std::optional<PageFilter> filterOf(const ActivityView &record, Relation relation);

    /// In place of what was asked for before.
    void read(const ActivityView &record, Relation relation);

Q_SIGNALS:
    void found(const QList<warder::ActivityView> &records);
    void failed(const warder::Error &error);

private:
    void cancel();
    void readNewer(const ActivityView &record, const ActivityFilter &filter);
    void readOlder(const QString &cursor, const ActivityFilter &filter, const QList<ActivityView> &newer);
    void readChain(const ActivityView &record);

    Console &m_console;
    Answer<PageOf<ActivityView>> m_page;
    Answer<ActivityNews> m_chain;
};

} // namespace warder
