using System.Buffers;

namespace Smpi.Conformance;

/// <summary>What holds for every wire format: it says what its traits claim, takes any split of its octets, and fails typed on all others.</summary>
public abstract class WireFormatConformance
{
    /// <summary>The format under test.</summary>
    protected abstract IWireFormat CreateFormat();

    /// <summary>What both sides are opened with.</summary>
    protected virtual ConnectionOptions Options => new() { Format = CreateFormat(), Encodings = ["json"], ContentType = "application/json" };

    [Fact]
    public void A_format_says_what_it_is()
    {
        IWireFormat format = CreateFormat();
        Assert.Matches("^[a-z0-9-]+$", format.Name);
        Assert.True(format.Traits.Calls || format.Traits.Events, "A format that can say neither requests nor events is none.");
        Assert.True(format.Traits.Calls || !(format.Traits.Streams || format.Traits.ClientStreams), "Streams belong to calls.");
    }

    [Fact]
    public void Everything_that_the_traits_claim_comes_back()
    {
        foreach ((WireStep step, byte[] _, Seen seen, MessageId id) in Play()) AssertSame(step, seen, id);
    }

    [Fact]
    public void What_the_traits_do_not_claim_is_refused_typed_and_leaves_no_trace()
    {
        IWireFormat format = CreateFormat();
        var dialler = new WireSide(format, Options, ConnectionRole.Dialler);
        foreach (MessageKind kind in Enum.GetValues<MessageKind>().Where(kind => kind != MessageKind.None && !Can(format.Traits, kind)))
        {
            var message = new Message { Kind = kind, Id = new MessageId(99), Subject = "never", Amount = 1, IsReply = false };
            Assert.ThrowsAny<SmpiException>(() => { dialler.Write(in message); });
            Assert.Equal(0, dialler.Written);
        }

        Assert.NotEmpty(Play());
    }

    [Fact]
    public void No_prefix_of_a_message_is_a_message()
    {
        if (!CreateFormat().Traits.SelfDelimiting) return;
        byte[] octets = First(out byte[] hello, out byte[] _);
        for (int length = 0; length < octets.Length; length++)
        {
            WireSide listener = Greeted(hello);
            var prefix = new ReadOnlySequence<byte>(octets.AsMemory(0, length));
            Assert.Empty(listener.Read(ref prefix));
        }

        Assert.Single(Greeted(hello).Read(octets));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Any_split_of_the_octets_gives_the_same_messages(int size)
    {
        if (!CreateFormat().Traits.SelfDelimiting) return;
        byte[] octets = First(out byte[] hello, out byte[] all);
        Assert.NotEmpty(octets);
        List<Seen> expected = Greeted(hello).Read(all);
        List<Seen> seen = [];
        WireSide listener = Greeted(hello);
        int start = 0;
        for (int end = Math.Min(size, all.Length); ; end = Math.Min(end + size, all.Length))
        {
            ReadOnlySequence<byte> unread = Segments.Of(all.AsMemory(start, end - start), size);
            seen.AddRange(listener.Read(ref unread));
            start = end - (int)unread.Length;
            if (end == all.Length) break;
        }

        Assert.Equal(all.Length, start);
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Changed_octets_fail_typed_or_are_messages()
    {
        First(out byte[] hello, out byte[] all);
        var random = new Random(24680);
        for (int turn = 0; turn < 5000; turn++)
        {
            byte[] changed = Mutation.Of(all, random);
            WireSide listener = Greeted(hello);
            Exception? error = Record.Exception(() =>
            {
                var octets = new ReadOnlySequence<byte>(changed);
                listener.Read(ref octets);
            });
            Assert.True(error is null or ChannelClosedException, $"{Convert.ToHexString(changed)} made {error}.");
        }
    }

    [Fact]
    public void Octets_of_no_meaning_fail_typed_or_ask_for_more()
    {
        First(out byte[] hello, out byte[] _);
        var random = new Random(13579);
        for (int turn = 0; turn < 2000; turn++)
        {
            byte[] junk = new byte[random.Next(1, 200)];
            random.NextBytes(junk);
            WireSide listener = Greeted(turn % 2 == 0 ? hello : []);
            Exception? error = Record.Exception(() =>
            {
                var octets = new ReadOnlySequence<byte>(junk);
                listener.Read(ref octets);
            });
            Assert.True(error is null or ChannelClosedException, $"{Convert.ToHexString(junk)} made {error}.");
        }
    }

    private static bool Can(FormatTraits traits, MessageKind kind) => kind switch
    {
        MessageKind.Event => traits.Events,
        MessageKind.Item => traits.Streams || traits.ClientStreams,
        MessageKind.End => traits.ClientStreams || traits.Streams,
        MessageKind.Cancel => traits.Cancel,
        MessageKind.Credit => traits.Credit,
        _ => traits.Calls,
    };

    private static void AssertSame(WireStep step, Seen seen, MessageId id)
    {
        Assert.Equal(step.Kind, seen.Kind);
        Assert.Equal(id, seen.Id);
        Assert.Equal(step.Subject, seen.Subject);
        Assert.Equal(step.Body, seen.Body);
        if (step.Fault is { } fault) Assert.Equal($"{fault.Code}: {fault.Text}", seen.Fault);
        if (step.Call is not null) Assert.Equal(!step.ByDialler, seen.IsReply);
        if (step.Amount != 0) Assert.Equal(step.Amount, seen.Amount);
        Assert.Equal(step.Header, seen.Header);
    }

    /// <summary>Plays the dialogue between two sides; the id of a call is the one that the other side read.</summary>
    private List<(WireStep Step, byte[] Octets, Seen Seen, MessageId Id)> Play()
    {
        IWireFormat format = CreateFormat();
        var dialler = new WireSide(format, Options, ConnectionRole.Dialler);
        var listener = new WireSide(format, Options, ConnectionRole.Listener);
        Assert.Empty(listener.Read(dialler.Hello()));
        Assert.Empty(dialler.Read(listener.Hello()));
        Dictionary<ulong, MessageId> there = [];
        List<(WireStep, byte[], Seen, MessageId)> played = [];
        foreach (WireStep step in WireStep.Dialogue.Where(step => step.Needs(format.Traits)))
        {
            MessageId own = step.Call is { } call ? new MessageId(call) : default;
            MessageId id = !step.ByDialler && step.Call is { } answered ? there[answered] : own;
            byte[] octets = (step.ByDialler ? dialler : listener).Write(step.ToMessage(id));
            Seen seen = Assert.Single((step.ByDialler ? listener : dialler).Read(octets));
            if (step is { Kind: MessageKind.Request, Call: { } made }) there[made] = seen.Id;
            played.Add((step, octets, seen, step.ByDialler && step.Call is { } mine ? there[mine] : own));
        }

        return played;
    }

    /// <summary>The octets of the dialler's first message; of its hello; and of all its messages.</summary>
    private byte[] First(out byte[] hello, out byte[] all)
    {
        hello = new WireSide(CreateFormat(), Options, ConnectionRole.Dialler).Hello();
        List<byte[]> said = [.. Play().Where(played => played.Step.ByDialler).Select(played => played.Octets)];
        all = CreateFormat().Traits.SelfDelimiting ? [.. said.SelectMany(octets => octets)] : said[0];
        return said[0];
    }

    private WireSide Greeted(byte[] hello)
    {
        var side = new WireSide(CreateFormat(), Options, ConnectionRole.Listener);
        if (hello.Length > 0) side.Read(hello);
        return side;
    }
}
