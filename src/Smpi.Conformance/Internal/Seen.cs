using System.Buffers;
using System.Text;

namespace Smpi.Conformance;

/// <summary>What a reader found, kept beyond its loan.</summary>
internal sealed record Seen(MessageKind Kind, MessageId Id, bool IsReply, string? Subject, string Body, string? Fault, long Amount, string? Header)
{
    public static Seen Of(in Message message) => new(
        message.Kind,
        message.Id,
        message.IsReply || message.Kind is MessageKind.Response or MessageKind.Error,
        message.Subject,
        Encoding.UTF8.GetString(message.Body),
        message.Fault is { } fault ? $"{fault.Code}: {fault.Text}" : null,
        message.Amount,
        message.Headers?["x-note"]);
}
