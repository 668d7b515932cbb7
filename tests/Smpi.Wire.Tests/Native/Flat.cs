using System.Buffers;

namespace Smpi.Wire.Tests.Native;

/// <summary>A message as values that compare, taken before its loan ends.</summary>
internal sealed record Flat(MessageKind Kind, string Id, bool IsText, bool IsReply, string? Subject, string Headers, string? Code, string? Text, string Body, long Amount)
{
    public static Flat Of(in Message message) => new(
        message.Kind,
        message.Id.ToString(),
        message.Id.Text is not null,
        message.IsReply,
        message.Subject,
        message.Headers is null ? "" : string.Join('|', message.Headers.Select(field => $"{field.Key}={field.Value}")),
        message.Fault?.Code.Name,
        message.Fault?.Text,
        Convert.ToHexStringLower(message.Body.ToArray()),
        message.Amount);

    public static Flat[] All(IEnumerable<Message> messages) => [.. messages.Select(message => Of(in message))];
}
