using System.Net.Sockets;

namespace Smpi.Building.Tests;

public sealed class SentenceTests
{
    [Fact]
    public void Every_package_that_a_sentence_sends_to_is_there_and_every_planned_one_is_not()
    {
        string sources = Path.Combine(Root(), "src");
        foreach ((string package, bool isPlanned) in KnownNames.Packages)
        {
            bool exists = File.Exists(Path.Combine(sources, package, $"{package}.csproj"));
            Assert.True(exists != isPlanned, $"{package} is {(exists ? "" : "not ")}in src, and KnownNames says that it is {(isPlanned ? "planned" : "there")}.");
        }
    }

    [Theory]
    [InlineData("interop+memory:x")]
    [InlineData("jsonrpc-lines+memory:x")]
    [InlineData("smpi-json+memory:x")]
    [InlineData("ffi:x")]
    [InlineData("ffi-child:x")]
    [InlineData("amqp:x")]
    public void What_is_planned_sends_nobody_to_a_package(string address)
    {
        string message = Fakes.Refused(() => new SmpiProviders().CreateChannel(address));
        Assert.Contains("is planned and not in this version", message, StringComparison.Ordinal);
        Assert.DoesNotContain("package", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:4711")]
    [InlineData("api.example:4711")]
    [InlineData("localhost:4711")]
    [InlineData("[::1]:4711")]
    public void A_host_and_a_port_get_the_address_that_was_meant(string address) =>
        Assert.Contains($"'tcp://{address}'", Fakes.Refused(() => Fakes.Plan(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("nothing:at-all")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("c:4:5")]
    public void Other_texts_are_not_taken_for_a_host_and_a_port(string address) =>
        Assert.DoesNotContain("tcp://" + address, Fakes.Refused(() => Fakes.Plan(address)), StringComparison.Ordinal);

    [Theory]
    [InlineData("EventLoop", "pol", "The setting 'Smpi:EventLoop' cannot be used. There is no event loop 'pol'. Did you mean 'pool'? Added are: 'current', 'inline', 'pool', 'thread'. A loop of your own is given in code, with RunOn(loop).")]
    [InlineData("Format", "line", "The setting 'Smpi:Format' cannot be used. There is no format 'line'. Did you mean 'lines'?")]
    [InlineData("Encoding", "jsn", "The setting 'Smpi:Encoding' cannot be used. There is no encoding 'jsn'.")]
    [InlineData("Layers", "zip", "The setting 'Smpi:Layers' cannot be used. There is no layer 'zip'.")]
    [InlineData("Protocol", "ot:x", "The setting 'Smpi:Protocol' cannot be used. There is no protocol 'ot'. Did you mean 'out'?")]
    [InlineData("Address", "127.0.0.1:80", "The setting 'Smpi:Address' cannot be used. The address '127.0.0.1:80' is a host and a port")]
    [InlineData("Listen", "bth:x", "The setting 'Smpi:Listen' cannot be used. There is no protocol 'bth'.")]
    [InlineData("Url", "tcp://127.0.0.1:1", "The setting 'Smpi:Url' is not known. Did you mean 'Address'?")]
    [InlineData("urls", "x", "Did you mean 'Listen'?")]
    [InlineData("Timeout", "5s", "Did you mean 'Deadline'?")]
    public void A_setting_is_named_by_its_key_with_a_remedy(string key, string value, string sentence)
    {
        string message = Fakes.Refused(() =>
        {
            var builder = new SmpiBuilder(Fakes.Providers());
            SettingsReader.Apply(builder, new Dictionary<string, string?> { [key] = value }, "Smpi");
            return builder.Build();
        });
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_what_is_to_be_connected_to_is_refused_with_the_remedy()
    {
        string message = Fakes.Refused(() => SmpiServer.Create(builder => builder.UseMemory("jobs").UseEncoding(new FakeEncoding("json"))));
        Assert.Contains("'memory:jobs' is to be connected to, and a server listens", message, StringComparison.Ordinal);
        Assert.Contains("ListenTcp", message, StringComparison.Ordinal);
        Assert.Contains("SmpiChannel.Create", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_of_what_is_to_be_listened_on_is_refused_with_the_remedy()
    {
        string message = Fakes.Refused(() => SmpiChannel.Create(builder => builder.ListenMemory("jobs").UseEncoding(new FakeEncoding("json"))));
        Assert.Contains("is to be listened on: make a server of it", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_begins_with_its_type_code_and_sentence_and_says_no_sentence_twice()
    {
        var refused = new SocketException((int)SocketError.ConnectionRefused);
        var cause = new ChannelClosedException(new CloseReason(ErrorCode.Unavailable, "Nothing listens on tcp://127.0.0.1:1.", ClosedBy.Transport), refused);
        Exception thrown = Assert.Throws<ChannelClosedException>(Throw);
        string[] lines = thrown.ToString().Split(Environment.NewLine);
        Assert.Equal("Smpi.ChannelClosedException [Unavailable]: Nothing listens on tcp://127.0.0.1:1.", lines[0]);
        Assert.Equal($" ---> {refused.GetType()}: {refused.Message}", lines[1]);
        Assert.Same(refused, thrown.InnerException);
        Assert.Single(lines, line => line.Contains("Nothing listens", StringComparison.Ordinal));

        void Throw() => throw cause.ForCall(wasSent: false);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Smpi.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Smpi.sln is in no folder above the tests: run them from a clone.");
    }
}
