#include "core/net/Ticket.h"

#include <QTest>

using namespace warder;

class TestTicket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void answers_once();
    void dying_answers500();
    void movedFrom_owesNothing();
    void overwritten_answers500();
};

namespace {

class Answers final : public AnswerSink
{
public:
    void accept(quint64 ticket, HttpAnswer answer) override { seen.append({int(ticket), answer.status}); }
    QList<QPair<int, int>> seen;
};

using Seen = QList<QPair<int, int>>;

} // namespace

void TestTicket::answers_once()
{
    const auto answers = std::make_shared<Answers>();
    {
        Ticket ticket(answers, 7);
        QVERIFY(!ticket.isAnswered());
        ticket.answer({.status = 201});
        QVERIFY(ticket.isAnswered());
        ticket.answer({.status = 202});
    }
    QCOMPARE(answers->seen, (Seen {{7, 201}}));
}

void TestTicket::dying_answers500()
{
    const auto answers = std::make_shared<Answers>();
    {
        const Ticket ticket(answers, 7);
    }
    QCOMPARE(answers->seen, (Seen {{7, 500}}));
}

void TestTicket::movedFrom_owesNothing()
{
    const auto answers = std::make_shared<Answers>();
    {
        Ticket first(answers, 7);
        Ticket second(std::move(first));
        second.answer({});
    }
    QCOMPARE(answers->seen, (Seen {{7, 200}}));
}

void TestTicket::overwritten_answers500()
{
    const auto answers = std::make_shared<Answers>();
    {
        Ticket first(answers, 1);
        first = Ticket(answers, 2);
        QCOMPARE(answers->seen, (Seen {{1, 500}}));
        first.answer({});
    }
    QCOMPARE(answers->seen, (Seen {{1, 500}, {2, 200}}));
}

QTEST_GUILESS_MAIN(TestTicket)
#include "TestTicket.moc"
