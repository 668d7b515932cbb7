namespace Smpi.Tests;

/// <summary>What is generated and what reflection finds speak alike, octet for octet.</summary>
public sealed class IdentityTests
{
    private static readonly ProtobufEncoding Generated = ProtobufEncoding.OfShapes(new ProtobufEncodingOptions());
    private static readonly ProtobufEncoding Reflected = ProtobufEncoding.OfReflection(new ProtobufEncodingOptions());

    [Fact]
    public void Both_paths_write_the_same_octets_and_read_them_alike()
    {
        Same(Samples.Full);
        Same(new Everything());
        Same(Samples.Flat);
        Same(Samples.Flat with { Id = 0, Text = "", Ratio = -0.0, Maybe = 0, Price = 0.00m });
        Same(new Point(0, -1));
        Same(new Node("n", [new Node(""), new Node("x", [])]));
        Same(new WithDefaults("n"));
        Same(new WithDefaults("", 0, 0, 0, ""));
        Same(new Init { Name = "", Count = 0, Items = [] });
        Same<Shape>(new Group("g", [new Circle("c", 0), new Square("", 0)]));
        Same(new Circle("c", 1));
        Same<Animal>(new Dog("Rex", true));
        Same(new Dog("", false));
        Same(new Mutable { Count = 0 });
        Same(new Derived(1, [new Derived(2, [], [])], new() { ["k"] = new Derived(3, [], []) { Kind = "" } }));
        Same(new Dictionary<int, Dictionary<string, Point[]>> { [1] = new() { ["a"] = [new Point(1, 2)], [""] = [] } });
    }

    [Fact]
    public void Both_paths_give_absent_members_the_same_values()
    {
        Absent<Everything>("");
        Absent<Init>("0a016e");
        Absent<WithDefaults>("");
        Absent<Node>("");
        Absent<Mutable>("");
        Absent<Derived>("");
        Absent<Flat>("");
        Absent<Dog>("");
    }

    [Fact]
    public void Both_paths_refuse_alike()
    {
        var random = new Random(5);
        byte[] body = Proto.Write(Samples.Full, Generated);
        for (int round = 0; round < 3000; round++)
        {
            byte[] octets = [.. body];
            for (int change = random.Next(1, 3); change > 0; change--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            Assert.Equal(Outcome(octets, Reflected), Outcome(octets, Generated));
        }
    }

    private static string Outcome(byte[] body, ProtobufEncoding encoding)
    {
        try
        {
            return Proto.Hex(Proto.Read<Everything>(body, encoding), Reflected);
        }
        catch (EncodingException error)
        {
            return error.Message;
        }
    }

    private static void Same<T>(T value)
    {
        string octets = Proto.Hex(value, Reflected);
        Assert.Equal(octets, Proto.Hex(value, Generated));
        Proto.Same(Proto.ReadHex<T>(octets, Reflected), Proto.ReadHex<T>(octets, Generated));
    }

    private static void Absent<T>(string hex) => Proto.Same(Proto.ReadHex<T>(hex, Reflected), Proto.ReadHex<T>(hex, Generated));
}
