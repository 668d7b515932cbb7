using System.Buffers.Binary;
using System.Text;

namespace Smpi;

/// <summary>The hello on the wire: a magic, then fields of tag, length and value, so that unknown ones are skipped.</summary>
internal static class HelloFrame
{
    private const int MinVersion = 1;
    private const int MaxVersion = 2;
    private const int Role = 3;
    private const int Capabilities = 4;
    private const int Session = 5;
    private const int ResumeToken = 6;
    private const int Agent = 7;
    private const int Encoding = 8;

    // The largest hello that Write can make; below every sensible HelloSize.
    private const int Room = 1024 + (Bounds.Encodings * (Bounds.Encoding + 2));

    /// <summary>The first octets of every hello after its type and flags.</summary>
    public static ReadOnlySpan<byte> Magic => "SMPI\u0001"u8;

    public static PeerHello Read(ref FrameCursor cursor)
    {
        if (!cursor.Octets(Magic.Length).SequenceEqual(Magic)) throw FrameCursor.Broken("a hello without its magic 'SMPI'");
        var hello = new PeerHello { MinVersion = 0, MaxVersion = 0 };
        var encodings = new List<string>();
        while (cursor.Left > 0)
        {
            ulong tag = cursor.Varint();
            var field = new FrameCursor(cursor.Octets(cursor.Length("a field of a hello")), 0);
            if (tag == Encoding)
            {
                if (encodings.Count == Bounds.Encodings) throw FrameCursor.Broken($"a hello with more than {Bounds.Encodings} encodings");
                encodings.Add(Name(ref field, Bounds.Encoding, "the name of an encoding"));
            }
            else
            {
                hello = tag < HelloLimits.FirstTag ? With(hello, tag, ref field) : hello with { Limits = HelloLimits.With(hello.Limits, tag, ref field) };
            }
        }

        if (hello.MinVersion < 1 || hello.MaxVersion < hello.MinVersion) throw FrameCursor.Broken($"a hello with the versions {hello.MinVersion} to {hello.MaxVersion}");
        if (hello.Session.Length != Bounds.Session) throw FrameCursor.Broken($"a hello without a session of {Bounds.Session} octets");
        return hello with { Encodings = encodings };
    }

    public static void Write(PeerHello hello, OutBuffer output)
    {
        if (hello.Session.Length != Bounds.Session) throw new ArgumentException($"The session of a hello has {Bounds.Session} octets.", nameof(hello));
        if (hello.ResumeToken.Length > Bounds.ResumeToken) throw new ArgumentException($"The resume token of a hello has at most {Bounds.ResumeToken} octets.", nameof(hello));
        if (hello.Encodings.Count > Bounds.Encodings) throw new SmpiConfigurationException($"A hello names at most {Bounds.Encodings} encodings and this side has {hello.Encodings.Count}: configure fewer.");
        foreach (string name in hello.Encodings)
        {
            if (System.Text.Encoding.UTF8.GetByteCount(name) > Bounds.Encoding) throw new SmpiConfigurationException($"The name of the encoding '{name}' has more than {Bounds.Encoding} octets: shorten it.");
        }

        Span<byte> span = output.GetSpan(Room);
        var head = new FrameHead(span, FrameType.Hello, 0);
        head.Octets(Magic);
        Number(ref head, MinVersion, (ulong)hello.MinVersion);
        Number(ref head, MaxVersion, (ulong)hello.MaxVersion);
        Number(ref head, Role, (ulong)hello.Role);
        if (hello.Capabilities != 0) Number(ref head, Capabilities, hello.Capabilities);
        head.Varint(Session);
        head.Varint(Bounds.Session);
        head.Octets(hello.Session.Span);
        if (!hello.ResumeToken.IsEmpty)
        {
            head.Varint(ResumeToken);
            head.Varint((ulong)hello.ResumeToken.Length);
            head.Octets(hello.ResumeToken.Span);
        }

        if (hello.Agent.Length > 0)
        {
            head.Varint(Agent);
            head.Text(hello.Agent, Bounds.Agent);
        }

        foreach (string name in hello.Encodings)
        {
            head.Varint(Encoding);
            head.Text(name);
        }

        HelloLimits.Write(hello.Limits, ref head);
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)(head.Position - Bounds.Prefix));
        output.Advance(head.Position);
    }

    /// <summary>A field whose value is one varint.</summary>
    public static void Number(ref FrameHead head, int tag, ulong value)
    {
        int octets = 1;
        for (ulong rest = value; rest >= 0x80; rest >>= 7) octets++;
        head.Varint((ulong)tag);
        head.Varint((ulong)octets);
        head.Varint(value);
    }

    /// <summary>The value of a field that is one varint; what exceeds an int counts as the largest int.</summary>
    public static int Int(ref FrameCursor field)
    {
        ulong value = field.Varint();
        field.End("a number in a hello");
        return (int)Math.Min(value, int.MaxValue);
    }

    private static PeerHello With(PeerHello hello, ulong tag, ref FrameCursor field)
    {
        switch (tag)
        {
            case MinVersion: return hello with { MinVersion = Int(ref field) };
            case MaxVersion: return hello with { MaxVersion = Int(ref field) };
            case Role:
                int role = Int(ref field);
                return role <= (int)ConnectionRole.Listener ? hello with { Role = (ConnectionRole)role } : throw FrameCursor.Broken($"a hello with the role {role}");
            case Capabilities:
                ulong bits = field.Varint();
                field.End("the capabilities of a hello");
                return hello with { Capabilities = bits };
            case Session: return hello with { Session = field.Rest.ToArray() };
            case ResumeToken:
                return field.Left <= Bounds.ResumeToken ? hello with { ResumeToken = field.Rest.ToArray() } : throw FrameCursor.Broken($"a resume token of more than {Bounds.ResumeToken} octets");
            case Agent: return hello with { Agent = Name(ref field, Bounds.Agent, "an agent") };
            default: return hello;
        }
    }

    private static string Name(ref FrameCursor field, int limit, string what) =>
        field.Left <= limit ? VisibleText.Of(field.Utf(field.Left, what)) : throw FrameCursor.Broken($"{what} of {field.Left:N0} octets, where {limit:N0} are allowed");
}
