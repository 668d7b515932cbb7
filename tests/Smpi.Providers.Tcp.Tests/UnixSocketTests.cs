using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Smpi.Providers.Tcp.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnixSocketTests : ProtocolBehaviour, IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory.File("app.sock");

    public void Dispose() => _directory.Dispose();

    protected override IServerProtocol Listener() => new UnixSocketProtocol(Path);

    protected override IProtocol Dialler(IListener listener) => new UnixSocketProtocol(Path);

    [Fact]
    public async Task The_file_is_for_its_owner_only()
    {
        await using IListener listener = await Listener().ListenAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal($"unix:{Path}", listener.Address);
    }

    [Fact]
    public async Task The_mode_can_be_chosen()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        await using IListener listener = await new UnixSocketProtocol(Path, new UnixSocketOptions { Mode = Mode }).ListenAsync();
        Assert.Equal(Mode, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Disposal_leaves_no_file()
    {
        IListener listener = await Listener().ListenAsync();
        await listener.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task A_file_that_nobody_answers_on_is_replaced()
    {
        LeaveStaleFile();
        var refused = await Assert.ThrowsAsync<ChannelClosedException>(() => new UnixSocketProtocol(Path).ConnectAsync());
        Assert.Equal($"Nothing listens on unix:{Path}: the connection was refused.", refused.Message);
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task Of_listeners_that_start_at_once_exactly_one_wins()
    {
        LeaveStaleFile();
        Task<IListener>[] starting = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => Listener().ListenAsync()))];
        await Task.WhenAll(starting).ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Wire.Patience);
        Task<IListener> winner = Assert.Single(starting, task => task.IsCompletedSuccessfully);
        foreach (Task<IListener> loser in starting.Where(task => task != winner))
        {
            Assert.Contains("is in use", Assert.IsType<SmpiConfigurationException>(loser.Exception!.InnerException).Message, StringComparison.Ordinal);
        }

        await using IListener listener = await winner;
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_never_removed()
    {
        await File.WriteAllTextAsync(Path, "");
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => Listener().ListenAsync());
        Assert.Contains("is no socket", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public async Task A_missing_file_names_the_path()
    {
        var error = await Assert.ThrowsAsync<ChannelClosedException>(() => new UnixSocketProtocol(Path).ConnectAsync());
        Assert.Equal($"Nothing listens on unix:{Path}: the file '{Path}' does not exist.", error.Message);
    }

    [Fact]
    public async Task A_missing_directory_is_configuration()
    {
        string path = System.IO.Path.Combine(_directory.Path, "none", "app.sock");
        var error = await Assert.ThrowsAsync<SmpiConfigurationException>(() => new UnixSocketProtocol(path).ListenAsync());
        Assert.Contains("does not exist. Create it first.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_too_long_is_configuration()
    {
        var error = Assert.Throws<SmpiConfigurationException>(() => new UnixSocketProtocol("/tmp/" + new string('x', 200)));
        Assert.Contains("has 205 octets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_peer_is_a_process_id()
    {
        await using IListener listener = await Listener().ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Dialler(listener));
        await using IConnection first = client, second = server;
        Assert.Equal($"process {Environment.ProcessId} on unix:{Path}", server.Info.Remote);
    }

    private void LeaveStaleFile()
    {
        // Dying without closing leaves a file; renaming it keeps the framework from removing it.
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(Path + ".tmp"));
        dead.Listen();
        File.Move(Path + ".tmp", Path);
    }
}
