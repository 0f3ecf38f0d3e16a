#include "ui/keys/KeyConsumers.h"

#include "ui/support/Space.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

bool lacks(const KeyConsumerView &consumer, KeyState state, const QList<KeyView> &ring)
{
    return std::ranges::any_of(ring, [&](const KeyView &key) {
        return key.purpose == KeyPurpose::Access && key.state == state && !consumer.kids.contains(key.kid);
    });
}

} // namespace

KeyConsumers::Lack KeyConsumers::lackOf(const KeyConsumerView &consumer, const QList<KeyView> &ring)
{
    if (consumer.isCurrent)
        return Lack::Nothing;
    if (lacks(consumer, KeyState::Current, ring))
        return Lack::Signing;
    return lacks(consumer, KeyState::Standby, ring) ? Lack::Next : Lack::Older;
}

qsizetype KeyConsumers::lackingNext(const QList<KeyConsumerView> &consumers, const QList<KeyView> &ring)
{
    return std::ranges::count_if(consumers,
                                 [&ring](const KeyConsumerView &one) { return !one.isCurrent && lacks(one, KeyState::Standby, ring); });
}

QString KeyConsumers::inWords(Lack lack)
{
    switch (lack) {
    //: What somebody's copy of the public keys holds.
    case Lack::Nothing: return tr("All keys");
    //: What somebody's copy of the public keys holds.
    case Lack::Signing: return tr("Lacks the key that signs");
    //: What somebody's copy of the public keys holds.
    case Lack::Next: return tr("Lacks the key that signs next");
    //: What somebody's copy of the public keys holds.
    case Lack::Older: return tr("Lacks an older key");
    }
    Q_UNREACHABLE_RETURN({});
}

QList<Column<KeyConsumers::Consumer>> KeyConsumers::columns()
{
    using Row = const Consumer &;
    return {
        //: Column title: the program that fetched the public keys, as it names itself.
        {.title = tr("Program"),
         .characters = 24,
         //: In place of the name of a program that gives none.
         .text = [](Row row, TimePoint) { return row.userAgent.isEmpty() ? tr("Gives no name") : row.userAgent; }},
        //: Column title: the network address of who fetched the public keys.
        {.title = tr("Address"), .characters = 16, .text = [](Row row, TimePoint) { return row.address; }, .isFixedWidth = true},
        //: Column title: which of the public keys somebody has.
        {.title = tr("Has"),
         .characters = 30,
         .text = [](Row row, TimePoint) { return inWords(row.lack); },
         .number = [](Row row) { return qint64(row.lack); },
         .tone = [](Row row) { return row.lack == Lack::Nothing ? Tone::Good : Tone::Warning; }},
        //: Column title: when somebody fetched the public keys last.
        {.title = tr("Last fetched"), .characters = 14, .time = &Consumer::fetchedAt},
    };
}

KeyConsumers::KeyConsumers(const Clock &clock, QWidget *parent)
    //: Title above the list of those who fetched the public keys, to verify tokens by themselves.
    : Panel(tr("Who has the public keys"), parent), m_model(new RowsModel<Consumer>(clock, columns(), this)),
      m_answer(quietLabel({}, this)), m_stack(new QStackedWidget(this))
{
    setFlush();
    m_answer->setWordWrap(false);
    addToTitle(m_answer);
    //: Name of the table of those who fetched the public keys, for screen readers and as a file name.
    m_table = new DataTable(tr("Who has the public keys"), u"consumers"_s, m_stack);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    //: In place of a list that is empty: what will appear there. The last part is a path on the server.
    m_empty = quietLabel(tr("Nobody has fetched the public keys since the server started. APIs and gateways that verify access tokens by "
                            "themselves appear here as soon as they fetch %1, with whether they have the key that signs next.")
                             .arg(u"/.well-known/jwks.json"_s),
                         m_stack);
    m_empty->setContentsMargins(Space::large, Space::narrow, Space::large, Space::small);
    m_empty->setAlignment(Qt::AlignTop);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    body()->addWidget(m_stack);
    present({}, {});
}

QString KeyConsumers::answer() const
{
    const auto lacking = std::ranges::count_if(m_model->rows(), [](const Consumer &one) { return one.lack < Lack::Older; });
    if (m_model->rowCount() == 0)
        return {};
    if (lacking == 0)
        //: The answer to: has everybody who verifies tokens the key that signs next?
        return tr("Everybody has the key that signs next.");
    //: The answer to: has everybody who verifies tokens the key that signs next?
    return tr("%Ln consumer(s) lack a key: wait with the next rotation.", nullptr, int(lacking));
}

void KeyConsumers::present(const QList<KeyConsumerView> &consumers, const QList<KeyView> &ring)
{
    QList<Consumer> rows;
    for (const KeyConsumerView &one : consumers)
        rows += {.userAgent = one.userAgent, .address = one.address, .fetchedAt = one.fetchedAt, .lack = lackOf(one, ring)};
    m_model->updateTo(rows, [](const Consumer &row) { return std::pair(row.address, row.userAgent); });
    m_stack->setCurrentWidget(rows.isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
    m_answer->setText(answer());
}

} // namespace warder
