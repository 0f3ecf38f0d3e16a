#include "core/net/PendingAnswer.h"

#include <QTest>

using namespace warder;

class TestPendingAnswer : public QObject
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
    void accept(quint64 pending, HttpResponse answer) override { seen.append({int(pending), answer.status}); }
    QList<QPair<int, int>> seen;
};

using Seen = QList<QPair<int, int>>;

} // namespace

void TestPendingAnswer::answers_once()
{
    const auto answers = std::make_shared<Answers>();
    {
        PendingAnswer pending(answers, 7);
        QVERIFY(!pending.isAnswered());
        pending.answer({.status = 201});
        QVERIFY(pending.isAnswered());
        pending.answer({.status = 202});
    }
    QCOMPARE(answers->seen, (Seen {{7, 201}}));
}

void TestPendingAnswer::dying_answers500()
{
    const auto answers = std::make_shared<Answers>();
    {
        const PendingAnswer pending(answers, 7);
    }
    QCOMPARE(answers->seen, (Seen {{7, 500}}));
}

void TestPendingAnswer::movedFrom_owesNothing()
{
    const auto answers = std::make_shared<Answers>();
    {
        PendingAnswer first(answers, 7);
        PendingAnswer second(std::move(first));
        second.answer({});
    }
    QCOMPARE(answers->seen, (Seen {{7, 200}}));
}

void TestPendingAnswer::overwritten_answers500()
{
    const auto answers = std::make_shared<Answers>();
    {
        PendingAnswer first(answers, 1);
        first = PendingAnswer(answers, 2);
        QCOMPARE(answers->seen, (Seen {{1, 500}}));
        first.answer({});
    }
    QCOMPARE(answers->seen, (Seen {{1, 500}, {2, 200}}));
}

QTEST_GUILESS_MAIN(TestPendingAnswer)
#include "TestPendingAnswer.moc"
