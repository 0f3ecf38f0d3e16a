#pragma once

#include <QWidget>

namespace warder {

class FormField;

/// Has the number of those whom an order is about typed once more, where they are many. Shows nothing where they are few. GUI thread.
class NumberCheck final : public QWidget
{
    Q_OBJECT
public:
    static constexpr qint64 many = 1000;

    explicit NumberCheck(QWidget *parent);

    void setNumber(qint64 number);
    /// There are some, and their number was typed if they are many. Digits alone count: whoever types a separator means the same number.
    bool isPassed() const;

Q_SIGNALS:
    void typed();

private:
    FormField *m_field;
    qint64 m_number = 0;
};

} // namespace warder
