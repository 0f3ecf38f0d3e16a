#include "core/api/body/Fields.h"
#include "core/base/Error.h"
#include "core/base/ErrorCode.h"
#include "core/base/Fault.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestFields : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void allFaults_comeAtOnceInTheOrderAsked();
    void missing_echoesTheBodyWithoutSecrets();
    void wrongType_isEchoedUnlessSecret_data();
    void wrongType_isEchoedUnlessSecret();
    void optional_mayBeAbsentOrNull();
    void choice_takesOnlyWhatIsOffered();
    void laterFaults_doNotRepeatAField();
    void unknownMembers_areIgnored();
    void unknownMembers_areNamedWhereAsked();
};

namespace {

QByteArray textOf(const std::optional<Error> &refusal)
{
    QByteArray all;
    for (const Fault &fault : refusal->faults)
        all += QJsonDocument(QJsonArray {fault.input.value_or(QJsonValue()), fault.context, fault.message}).toJson();
    return all;
}

} // namespace

void TestFields::allFaults_comeAtOnceInTheOrderAsked()
{
    const QJsonObject body {{u"name"_s, 7}};
    Fields fields(body);
    fields.required("email"_L1);
    fields.required("password"_L1);
    fields.optional("name"_L1);
    const auto refusal = fields.refusal();
    QVERIFY(refusal);
    QCOMPARE(refusal->code, ErrorCode::InvalidInput);
    QCOMPARE(refusal->faults.size(), 3);
    QCOMPARE(refusal->faults[0].type, u"missing"_s);
    QCOMPARE(refusal->faults[0].message, u"Field required"_s);
    QCOMPARE(refusal->faults[0].location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
    QCOMPARE(refusal->faults[1].location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
    QCOMPARE(refusal->faults[2].type, u"string_type"_s);
    QCOMPARE(refusal->faults[2].message, u"Input should be a valid string"_s);
}

void TestFields::missing_echoesTheBodyWithoutSecrets()
{
    const QJsonObject body {{u"email"_s, u"ann@example.com"_s},
                            {u"password"_s, u"hidden-1"_s},
                            {u"new_password"_s, u"hidden-2"_s},
                            {u"current_password"_s, u"hidden-3"_s},
                            {u"refresh_token"_s, u"hidden-4"_s},
                            {u"client_secret"_s, u"hidden-5"_s},
                            {u"Password"_s, u"hidden-6"_s},
                            {u"passwd"_s, u"hidden-9"_s},
                            {u"pin"_s, u"hidden-10"_s},
                            {u"otp"_s, u"hidden-11"_s},
                            {u"apiKey"_s, u"hidden-12"_s},
                            {u"n"_s.repeated(101), u"hidden-13"_s},
                            {u"nested"_s, QJsonObject {{u"password"_s, u"hidden-7"_s}}},
                            {u"list"_s, QJsonArray {u"hidden-8"_s}}};
    Fields fields(body);
    fields.required("absent"_L1);
    const auto refusal = fields.refusal();
    QCOMPARE(refusal->faults.first().input->toObject().value("email"_L1), u"ann@example.com"_s);
    QVERIFY(!textOf(refusal).contains("hidden"));
}

void TestFields::wrongType_isEchoedUnlessSecret_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("echoed");
    QTest::newRow("name") << u"name"_s << true;
    QTest::newRow("password") << u"password"_s << false;
    QTest::newRow("new password") << u"new_password"_s << false;
    QTest::newRow("refresh token") << u"refresh_token"_s << false;
}

void TestFields::wrongType_isEchoedUnlessSecret()
{
    QFETCH(QString, field);
    const QJsonObject body {{field, 4711}};
    const QByteArray name = field.toLatin1();
    Fields fields(body);
    fields.required(QLatin1StringView(name));
    QTEST(textOf(fields.refusal()).contains("4711"), "echoed");
}

void TestFields::optional_mayBeAbsentOrNull()
{
    const QJsonObject body {{u"empty"_s, QJsonValue::Null}, {u"text"_s, u"x"_s}};
    Fields fields(body);
    QVERIFY(!fields.optional("absent"_L1));
    QVERIFY(!fields.optional("empty"_L1));
    QCOMPARE(fields.optional("text"_L1), u"x"_s);
    QVERIFY(!fields.refusal());
}

void TestFields::choice_takesOnlyWhatIsOffered()
{
    const QJsonObject body {{u"grant_type"_s, u"incorrect"_s}, {u"token_delivery"_s, u"cookie"_s}};
    Fields fields(body);
    QCOMPARE(fields.choice("token_delivery"_L1, {u"body"_s, u"cookie"_s}, u"body"_s), u"cookie"_s);
    QCOMPARE(fields.choice("absent"_L1, {u"a"_s}, u"b"_s), u"b"_s);
    QVERIFY(!fields.refusal());
    fields.choice("grant_type"_L1, {u"password"_s}, {});
    const Fault fault = fields.refusal()->faults.first();
    QCOMPARE(fault.type, u"string_pattern_mismatch"_s);
    QCOMPARE(fault.input, QJsonValue(u"incorrect"_s));
    QCOMPARE(fault.context.value("pattern"_L1), u"^password$"_s);
    const QJsonObject empty {{u"a"_s, u""_s}};
    QCOMPARE(Fields(empty).choice("a"_L1, {u"x"_s}, u"y"_s), u"y"_s);
}

void TestFields::laterFaults_doNotRepeatAField()
{
    const QJsonObject body;
    Fields fields(body);
    fields.required("email"_L1);
    fields.add({Fault {.type = u"value_error"_s, .location = {u"body"_s, u"email"_s}, .message = {}},
                Fault {.type = u"string_too_short"_s, .location = {u"body"_s, u"password"_s}, .message = {}}});
    QCOMPARE(fields.refusal()->faults.size(), 2);
    QCOMPARE(fields.refusal()->faults.last().type, u"string_too_short"_s);
}

void TestFields::unknownMembers_areIgnored()
{
    const QJsonObject body {{u"email"_s, u"x"_s}, {u"is_admin"_s, true}};
    Fields fields(body);
    fields.required("email"_L1);
    QVERIFY(!fields.refusal());
}

void TestFields::unknownMembers_areNamedWhereAsked()
{
    QJsonObject body {
        {u"name"_s, u"x"_s}, {u"email"_s, u"a@b.de"_s}, {u"passwd"_s, u"hidden-1"_s}, {u"more"_s, QJsonObject {{u"x"_s, u"hidden-2"_s}}}};
    Fields fields(body);
    fields.optional("name"_L1);
    fields.refuseOthers();
    const auto refusal = fields.refusal();
    QVERIFY(refusal);
    QCOMPARE(refusal->faults.size(), 3);
    QCOMPARE(refusal->faults[0].type, u"extra_forbidden"_s);
    QCOMPARE(refusal->faults[0].message, u"Extra inputs are not permitted"_s);
    QCOMPARE(refusal->faults[0].location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
    QCOMPARE(refusal->faults[0].input, QJsonValue(u"a@b.de"_s));
    QVERIFY(!textOf(refusal).contains("hidden"));
    for (int i = 0; i < 500; ++i)
        body.insert(QString::number(i) + QString(300, u'x'), i);
    Fields many(body);
    many.refuseOthers();
    QCOMPARE(many.refusal()->faults.size(), 20);
}

QTEST_GUILESS_MAIN(TestFields)
#include "TestFields.moc"
