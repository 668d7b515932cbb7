using System.Buffers;
using System.Text;

namespace Smpi.Tests;

/// <summary>What the tests of this project share.</summary>
internal static class Wire
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static ConnectionOptions Options { get; } = new() { Format = new NamedFormat("native") };

    public static (IConnection A, IConnection B) Pair(SmpiLimits? limits = null, MemoryOptions? memory = null) =>
        MemoryProtocol.CreatePair(Options, Options with { Limits = limits ?? SmpiLimits.Default }, memory);

    public static Message Event(string subject, string body = "") => new()
    {
        Kind = MessageKind.Event,
        Subject = subject,
        Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)),
    };

    public static string Text(this Message message) => Encoding.UTF8.GetString(message.Body);

    public static async Task SendAsync(this IConnection connection, params Message[] messages)
    {
        foreach (Message message in messages) connection.Write(in message);
        await connection.FlushAsync(default).AsTask().WaitAsync(Patience);
    }

    public static async Task<bool> NextAsync(this IConnection connection) => await connection.ReadAsync(default).AsTask().WaitAsync(Patience);

    /// <summary>Reads until so many messages came; their subjects and bodies as text.</summary>
    public static async Task<List<string>> TakeAsync(this IConnection connection, int count)
    {
        var found = new List<string>();
        while (found.Count < count && await connection.NextAsync())
        {
            while (connection.TryRead(out Message message)) found.Add($"{message.Subject}:{message.Text()}");
        }

        return found;
    }
}
