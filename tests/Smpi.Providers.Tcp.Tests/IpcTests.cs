using System.Runtime.Versioning;

namespace Smpi.Providers.Tcp.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class IpcTests : ProtocolBehaviour, IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override IServerProtocol Listener() => Named("my-app");

    protected override IProtocol Dialler(IListener listener) => Named("my-app");

    private IpcProtocol Named(string name) => new(name, new IpcOptions { Directory = _directory.File("ipc") });

    [Fact]
    public async Task The_address_is_the_name_and_the_directory_is_private()
    {
        await using IListener listener = await Listener().ListenAsync();
        Assert.Equal("ipc:my-app", listener.Address);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory.File("ipc")));
        Assert.True(File.Exists(Path.Combine(_directory.File("ipc"), "my-app.sock")));
    }

    [Theory]
    [InlineData("a name with spaces")]
    [InlineData("../escape")]
    [InlineData("..")]
    [InlineData("very-long-very-long-very-long-very-long-very-long-very-long-very-long-very-long-very-long-very-long-very-long-very-long")]
    public async Task Any_name_works(string name)
    {
        await using IListener listener = await Named(name).ListenAsync();
        Assert.Equal($"ipc:{name}", listener.Address);
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, Named(name));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
        Assert.Single(Directory.GetFiles(_directory.File("ipc")));
    }

    [Fact]
    public async Task The_default_directory_is_found_by_both_sides()
    {
        string name = $"smpi-test-{Guid.NewGuid():N}";
        await using IListener listener = await new IpcProtocol(name).ListenAsync();
        (IConnection client, IConnection server) = await Wire.PairAsync(listener, new IpcProtocol(name));
        await using IConnection first = client, second = server;
        await Wire.AssertEchoAsync(client, server);
    }

    [Fact]
    public async Task The_mode_of_a_directory_that_exists_stays()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
        Directory.CreateDirectory(_directory.File("ipc"));
        File.SetUnixFileMode(_directory.File("ipc"), Mode);
        await using IListener listener = await Listener().ListenAsync();
        Assert.Equal(Mode, File.GetUnixFileMode(_directory.File("ipc")));
    }

    [Fact]
    public void An_empty_name_is_configuration() => Assert.Throws<SmpiConfigurationException>(() => new IpcProtocol(" "));
}
