#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace warder {

class CopyField;

/// The addresses that a provider must know exactly, each to be copied. GUI thread.
class RedirectUris final : public QWidget
{
    Q_OBJECT
public:
    explicit RedirectUris(QWidget *parent);

    /// The first `most`; hidden where there is none.
    void present(const QStringList &uris);

private:
    static constexpr qsizetype most = 3; ///< As many as have room; a form shows all.

    QVBoxLayout *m_column;
    QList<CopyField *> m_fields;
};

} // namespace warder
