using System.Text.Json;
using System.Text.RegularExpressions;

namespace Smpi.Tests;

/// <summary>What is on the wire is what the emitted schema says: the compiler of Protobuf and the one of JavaScript read and write it.</summary>
public sealed partial class SchemaTests(JavaScriptPeer peer) : IClassFixture<JavaScriptPeer>
{
    [Fact]
    public async Task A_record_of_every_type_is_what_its_schema_says() => await BothWaysAsync(Samples.Full);

    [Fact]
    public async Task Records_are_what_their_schemas_say()
    {
        await BothWaysAsync(new Everything());
        await BothWaysAsync(Samples.Flat);
        await BothWaysAsync(new Point(-1, int.MaxValue));
        await BothWaysAsync(new Spot(0, null));
        await BothWaysAsync(new Spot(0, ""));
        await BothWaysAsync(new Node("n", [new Node("", [new Node("x")])]));
        await BothWaysAsync(new WithDefaults("n", 0, 0, 0.00m, ""));
        await BothWaysAsync(new Init { Name = "", Count = 0, Items = [1, -1] });
        await BothWaysAsync(new Derived(1, [new Derived(2, [], [])], new() { ["k"] = new Derived(3, [], []) }));
        await BothWaysAsync(new Nothing());
        await BothWaysAsync(new Box<string>("x", new Box<int>(5, null)));
        await BothWaysAsync(new Numbered(1, 2, 3) { Last = "x" });
        await BothWaysAsync(new Odd([[1, 2], []], [1, null], new() { [Guid.NewGuid()] = 1.5 }, new() { [0.5] = ["x"] }, Bits.A | Bits.C, [Sign.Minus, (Sign)5], Huge.Top));
    }

    [Fact]
    public async Task Unions_are_oneofs()
    {
        await BothWaysAsync<Shape>(new Circle("c", 0.5));
        await BothWaysAsync<Shape>(new Group("g", [new Square("s", 1), new Group("", [])]));
        await BothWaysAsync<Animal>(new Dog("d", true));
        Assert.Contains("oneof kind {\n    Circle circle = 1;\n    Square square = 2;\n    Group group = 3;\n  }", ProtobufSchema.Of(typeof(Shape)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_are_no_records_are_messages_of_one_field()
    {
        await BothWaysAsync(5);
        await BothWaysAsync("");
        await BothWaysAsync<int?>(0);
        await BothWaysAsync<int[]>([1, -1, 300]);
        await BothWaysAsync<List<List<string>>>([["a"], []]);
        await BothWaysAsync(new Dictionary<string, Point> { [""] = new(0, 0), ["p"] = new(1, 0) });
        await BothWaysAsync(Guid.NewGuid());
        await BothWaysAsync(Color.Green);
        await BothWaysAsync(DateTimeOffset.UnixEpoch.AddTicks(-1).ToOffset(TimeSpan.FromHours(-5)));
    }

    [Fact]
    public void A_schema_is_stable() => Assert.Equal(
        """
        syntax = "proto3";

        package smpi.tests;

        import "google/protobuf/duration.proto";
        import "google/protobuf/timestamp.proto";

        message Flat {
          int32 id = 1;
          int64 big = 2;
          double ratio = 3;
          bool on = 4;
          string text = 5;
          Color color = 6;
          bytes key = 7; // a GUID: 16 octets in the order of its text
          .google.protobuf.Timestamp at = 8;
          .google.protobuf.Duration for = 9;
          string price = 10; // a decimal number, such as 12.50
          optional int32 maybe = 11;
        }

        enum Color {
          COLOR_UNSPECIFIED = 0;
          COLOR_RED = 1;
          COLOR_GREEN = 2;
          COLOR_BLUE = 200;
        }

        """.ReplaceLineEndings("\n"), ProtobufSchema.Of(typeof(Flat)));

    [Fact]
    public async Task A_lock_is_in_the_schema()
    {
        var options = new ProtobufEncodingOptions { Lock = "Smpi.Tests.Point.X = 4 int\nreserved Smpi.Tests.Point = 1, 7\n" };
        string proto = ProtobufSchema.Of(options, typeof(Point));
        Assert.Contains("reserved 1, 7;\n  int32 x = 4;\n  int32 y = 8;", proto, StringComparison.Ordinal);
        Assert.Equal("x: 1\ny: 2\n", await Protoc.DecodeAsync(proto, "smpi.tests.Point", Proto.Write(new Point(1, 2), new ProtobufEncoding(options))));
    }

    [Fact]
    public async Task Types_of_protoc_are_imported()
    {
        string proto = ProtobufSchema.Of(typeof(Wrapped));
        Assert.Contains("import \"reading.proto\";", proto, StringComparison.Ordinal);
        Assert.Contains("repeated .smpi.tests.generated.Row rows = 2;", proto, StringComparison.Ordinal);
        await BothWaysAsync(new Timed(new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 5 }, 2));
    }

    [GeneratedRegex(@"^\s*\d+: ", RegexOptions.Multiline)]
    private static partial Regex Unknown();

    /// <summary>Our octets through both foreign implementations and back: no unknown field, and the same value.</summary>
    private async Task BothWaysAsync<T>(T value)
    {
        byte[] body = Proto.Write(value);
        string proto = ProtobufSchema.Of(typeof(T));
        string type = TypeOf(proto);
        string text = await Protoc.DecodeAsync(proto, type, body);
        Assert.DoesNotMatch(Unknown(), text);
        Proto.Same(value, Proto.Read<T>(await Protoc.EncodeAsync(proto, type, text)));
        (JsonElement shown, byte[] again) = await peer.TalkAsync(proto, type, body);
        Assert.Equal(JsonValueKind.Object, shown.ValueKind);
        Proto.Same(value, Proto.Read<T>(again));
    }

    private static string TypeOf(string proto)
    {
        string message = Regex.Match(proto, @"^message (\w+)", RegexOptions.Multiline).Groups[1].Value;
        Match package = Regex.Match(proto, @"^package ([\w.]+);", RegexOptions.Multiline);
        return package.Success ? $"{package.Groups[1].Value}.{message}" : message;
    }
}
