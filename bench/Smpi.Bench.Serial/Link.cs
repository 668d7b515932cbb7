using System.Runtime.CompilerServices;

namespace Smpi.Bench.Serial;

/// <summary>A server and a channel to it, both with the inline loop, both driven by the thread that calls <see cref="Wait"/>.</summary>
internal sealed class Link
{
    // In the middle of a run nothing is ever that long on its way: it is lost, or another thread has it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SerialProtocol _protocol;
    private readonly ISmpiServer _server;

    private Link(SerialProtocol protocol, ISmpiServer server, ISmpiChannel channel)
    {
        _protocol = protocol;
        _server = server;
        Channel = channel;
    }

    public ISmpiChannel Channel { get; }

    /// <summary>The events that the server's handler got.</summary>
    public long Events { get; private set; }

    public static Link Open(Func<IEncoding> encoding)
    {
        var protocol = new SerialProtocol();
        Link? link = null;
        ISmpiServer server = SmpiServer.Create(builder => Configure(builder, encoding())
            .ListenOn(protocol)
            .Handle((Row row, CancellationToken _) => new ValueTask<Row>(row))
            .Handle("octets", (PooledBody body, CallContext _, CancellationToken _) => new ValueTask<PooledBody>(body))
            .HandleStream((Rows rows, CancellationToken ct) => RowsAsync(rows.Count, ct))
            .HandleEvent((Tick _, CancellationToken _) =>
            {
                link!.Events++;
                return default;
            }));
        ISmpiChannel channel = SmpiChannel.Create(builder => Configure(builder, encoding()).UseProtocol(protocol));
        link = new Link(protocol, server, channel);
        link.Wait(server.ListenAsync().AsTask());
        link.Wait(channel.ConnectAsync().AsTask());
        return link;
    }

    /// <summary>Moves bytes until the work is done.</summary>
    public void Wait(Task work)
    {
        long idle = 0;
        while (!work.IsCompleted)
        {
            if (_protocol.Deliver())
            {
                idle = 0;
                continue;
            }

            // Only while a connection starts does another thread have the next step.
            if (idle == 0) idle = Environment.TickCount64;
            if (Environment.TickCount64 - idle > Patience.TotalMilliseconds) throw new TimeoutException($"Nothing moved for {Patience.TotalSeconds} s.");
            Thread.Yield();
        }

        work.GetAwaiter().GetResult();
    }

    /// <summary>Moves what was sent so far.</summary>
    public bool Deliver() => _protocol.Deliver();

    public void Close()
    {
        Wait(Channel.DisposeAsync().AsTask());
        Wait(_server.DisposeAsync().AsTask());
    }

    private static SmpiBuilder Configure(SmpiBuilder builder, IEncoding encoding) => builder.UseEncoding(encoding).RunOn(EventLoop.Inline);

    private static async IAsyncEnumerable<Row> RowsAsync(int count, [EnumeratorCancellation] CancellationToken ct)
    {
        for (int number = 0; number < count && !ct.IsCancellationRequested; number++) yield return Row.Sample;
        await Task.CompletedTask;
    }
}
