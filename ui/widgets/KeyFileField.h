#pragma once

#include <QWidget>

class QLineEdit;

namespace warder {

class FormField;

/// One line of a form for the path of a file with a key, and a button that asks for one. GUI thread.
class KeyFileField final : public QWidget
{
    Q_OBJECT
public:
    KeyFileField(const QString &name, const QString &remark, QWidget *parent);

    QLineEdit &edit() const;
    QString path() const;
    /// The file's text, read at this moment and not kept; empty after what is wrong was shown.
    QString read();
    void setFault(const QString &fault);

private:
    void choose();

    FormField *m_field;
};

} // namespace warder
