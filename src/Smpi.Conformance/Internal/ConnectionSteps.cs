using System.Buffers;

namespace Smpi.Conformance;

/// <summary>What tests do with a connection.</summary>
internal static class ConnectionSteps
{
    public static Message Event(string subject, ReadOnlyMemory<byte> body) =>
        new() { Kind = MessageKind.Event, Subject = subject, Body = new ReadOnlySequence<byte>(body) };

    public static Written Put(this IConnection connection, int seed, int length) => connection.Write(Event($"e.{seed}", Octets.Make(seed, length)));

    public static async Task SendAsync(this IConnection connection, int seed, int length)
    {
        connection.Put(seed, length);
        await connection.FlushAsync(CancellationToken.None).Soon();
    }

    /// <summary>Takes messages until so many came or the peer closed, checks each against its seed, and returns how many came.</summary>
    public static async Task<int> TakeAsync(this IConnection connection, int count, int firstSeed, int length)
    {
        int taken = 0;
        while (taken < count)
        {
            while (taken < count && connection.TryRead(out Message message))
            {
                Assert.Equal(MessageKind.Event, message.Kind);
                Assert.Equal($"e.{firstSeed + taken}", message.Subject);
                Assert.True(message.Body.Are(Octets.Make(firstSeed + taken, length)), $"The body of message {firstSeed + taken} is not what was sent.");
                taken++;
            }

            if (taken < count && !await connection.ReadAsync(CancellationToken.None).Soon()) break;
        }

        return taken;
    }

    /// <summary>Takes the first message of each batch alone and the others at once, until so many came or the peer closed, and returns how many came.</summary>
    public static async Task<int> TakeAtOnceAsync(this IConnection connection, int count)
    {
        var taken = new SeedConsumer();
        while (taken.Count < count && await connection.ReadAsync(CancellationToken.None).Soon())
        {
            if (connection.TryRead(out Message first)) taken.Take(in first);
            connection.ReadAll(taken);
            Assert.False(connection.TryRead(out _));
        }

        return taken.Count;
    }

    /// <summary>Reads until a message comes; false when the peer closed before.</summary>
    public static async Task<bool> ReadOneAsync(this IConnection connection, CancellationToken ct)
    {
        while (await connection.ReadAsync(ct))
        {
            if (connection.TryRead(out _)) return true;
        }

        return false;
    }

    /// <summary>Reads on until the peer has closed; false when it had something left to say.</summary>
    public static async Task<bool> EndsAsync(this IConnection connection)
    {
        do
        {
            if (connection.TryRead(out _)) return false;
        }
        while (await connection.ReadAsync(CancellationToken.None).Soon());
        return true;
    }
}
