using System.Text;

namespace Smpi.Tests;

/// <summary>Members in the order of their declaration take another way than all others; what is read and refused is the same.</summary>
public sealed class MemberOrderTests
{
    private static readonly Ordered Value = new(-70_000, "sixteen letters!", 0.5, 200);
    private static readonly byte[][] Members = Pairs.Of(Pack.Write(Value));

    [Fact]
    public void The_octets_are_those_of_before()
    {
        Assert.Equal("84a26964d2fffeee90a46e616d65b07369787465656e206c65747465727321a576616c7565cb3fe0000000000000a5636f756e74ccc8", Pack.Hex(Value));
        Assert.Equal("94d2fffeee90b07369787465656e206c65747465727321cb3fe0000000000000ccc8", Pack.Hex(Value, Pack.Arrays));
    }

    [Fact]
    public void Members_are_read_in_every_order() =>
        Assert.All(Pairs.Orders(Members), static order => Assert.Equal(Value, Pack.Read<Ordered>(Pairs.Map(order))));

    [Fact]
    public void Members_that_are_missing_have_their_defaults_or_are_refused_where_they_have_none()
    {
        for (int set = 0; set < 16; set++)
        {
            var expected = new Ordered((set & 1) != 0 ? Value.Id : 0, Value.Name, (set & 4) != 0 ? Value.Value : 0, (set & 8) != 0
                ? Value.Count : 3);
            byte[][] there = [.. Members.Where((_, i) => (set & (1 << i)) != 0)];
            if ((set & 2) != 0) Assert.All(Pairs.Orders(there), order => Assert.Equal(expected, Pack.Read<Ordered>(Pairs.Map(order))));
            else Assert.All(Pairs.Orders(there), static order => Assert.Contains("'name' is missing",
                Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(Pairs.Map(order))).Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_member_that_is_there_twice_is_refused_wherever_it_stands()
    {
        string[] names = ["id", "name", "value", "count"];
        foreach (IReadOnlyList<int> order in Pairs.Orders([0, 1, 2, 3]))
        {
            for (int twice = 0; twice < 4; twice++)
            {
                for (int at = 0; at <= 4; at++)
                {
                    byte[] body = Pairs.Map([.. Pairs.With(order, at, twice).Select(i => Members[i])]);
                    EncodingException error = Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(body));
                    Assert.Contains($"'{names[twice]}' twice", error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [InlineData("a17a01")]
    [InlineData("a26965 93a16101c0")]
    [InlineData("a0 c0")]
    [InlineData("05 81a17a01")]
    [InlineData("91a0 01")]
    [InlineData("a3696400 01")]
    [InlineData("a56e616d6573 01")]
    public void A_key_that_no_member_has_is_passed_over_wherever_it_stands(string hex)
    {
        byte[] unknown = Pack.Bytes(hex);
        foreach (IReadOnlyList<byte[]> order in Pairs.Orders(Members))
        {
            for (int at = 0; at <= 4; at++)
            {
                IReadOnlyList<byte[]> once = Pairs.With(order, at, unknown);
                Assert.Equal(Value, Pack.Read<Ordered>(Pairs.Map(once)));
                byte[] twice = Pairs.Map(Pairs.With(once, 0, unknown));
                Assert.Contains("twice", Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(twice)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_key_with_a_longer_head_than_needed_is_the_same_key()
    {
        for (int member = 0; member < 4; member++)
        {
            byte[] pair = Members[member];
            byte length = (byte)(pair[0] & 0x1f);
            foreach (byte[] head in new byte[][] { [0xd9, length], [0xda, 0, length], [0xdb, 0, 0, 0, length] })
            {
                byte[] longer = [.. head, .. pair[1..]];
                byte[][] changed = [.. Members];
                changed[member] = longer;
                Assert.All(Pairs.Orders(changed), static order => Assert.Equal(Value, Pack.Read<Ordered>(Pairs.Map(order))));
                for (int at = 0; at <= 4; at++)
                {
                    byte[] body = Pairs.Map(Pairs.With(Members, at, longer));
                    Assert.Contains("twice", Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(body)).Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Every_prefix_is_refused_in_every_order_and_so_is_anything_after()
    {
        byte[][] all = [.. Members, Pack.Bytes("a17a 92a16101")];
        foreach (IReadOnlyList<byte[]> order in Pairs.Orders(all))
        {
            byte[] body = Pairs.Map(order);
            Assert.Equal(Value, Pack.Read<Ordered>(body));
            for (int length = 0; length < body.Length; length++)
                Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(body.AsSpan(0, length)));
            Assert.Contains("goes on", Assert.Throws<EncodingException>(() => Pack.Read<Ordered>([.. body, 0xc0])).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a26964 c3", "$.id")]
    [InlineData("a26964 ce80000000", "$.id")]
    [InlineData("a46e616d65 05", "$.name")]
    [InlineData("a46e616d65 a2c080", "$.name")]
    [InlineData("a576616c7565 a0", "$.value")]
    [InlineData("a5636f756e74 cb3fe0000000000000", "$.count")]
    public void A_bad_value_is_named_in_every_order(string hex, string path)
    {
        byte[] bad = Pack.Bytes(hex);
        byte[][] changed = [.. Members.Select(pair => pair[0] == bad[0] && pair[1] == bad[1] ? bad : pair)];
        foreach (IReadOnlyList<byte[]> order in Pairs.Orders(changed))
        {
            byte[] body = Pairs.Map(order);
            Assert.Contains($"'{path}'", Assert.Throws<EncodingException>(() => Pack.Read<Ordered>(body)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Arrays_may_be_shorter_or_longer()
    {
        Assert.Contains("'name' is missing", Pack.Refused<Ordered>("90").Message, StringComparison.Ordinal);
        Assert.Contains("'name' is missing", Pack.Refused<Ordered>("9101").Message, StringComparison.Ordinal);
        Assert.Equal(new Ordered(1, "a", 0), Pack.ReadHex<Ordered>("9201a161"));
        Assert.Equal(new Ordered(1, "a", 2), Pack.ReadHex<Ordered>("9301a16102"));
        Assert.Equal(new Ordered(1, "a", 2, 4), Pack.ReadHex<Ordered>("9401a1610204"));
        Assert.Equal(new Ordered(1, "a", 2, 4), Pack.ReadHex<Ordered>("dc000601a161020491a0c0"));
        Assert.Contains("'$.name'", Pack.Refused<Ordered>("9201c3").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_map_still_owes_counts_against_the_items_of_its_members()
    {
        // Three items, and a key with its value behind them: eight octets in all.
        Assert.Equal([1, 2, 3], Pack.ReadHex<Init>("83a46e616d65a161 a56974656d7393010203 a5636f756e7405").Items);
        string[] announced = ["99", "9a", "9b", "dc0009"];
        Assert.All(announced, static head =>
            Assert.Contains("announced", Pack.Refused<Init>($"83a46e616d65a161 a56974656d73{head}010203 a5636f756e7405").Message, StringComparison.Ordinal));
        Assert.Contains("announced", Pack.Refused<Ordered>("85a26964").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_many_members_is_read_in_other_orders()
    {
        byte[][] pairs = Pairs.Of(Pack.Write(Samples.Full));
        for (int from = 0; from < pairs.Length; from++)
            Pack.Same(Samples.Full, Pack.Read<Everything>(Pairs.Map([.. pairs[from..], .. pairs[..from]])));
        Pack.Same(Samples.Full, Pack.Read<Everything>(Pairs.Map([.. pairs.Reverse()])));
        foreach (byte[] pair in pairs)
        {
            string name = Encoding.ASCII.GetString(pair, 1, pair[0] & 0x1f);
            foreach (byte[] body in new[] { Pairs.Map([.. pairs, pair]), Pairs.Map([pair, .. pairs]) })
                Assert.Contains($"'{name}' twice", Assert.Throws<EncodingException>(() => Pack.Read<Everything>(body)).Message, StringComparison.Ordinal);
        }
    }
}
