namespace Smpi;

/// <summary>Remembers the last hello, so that the connections of peers that say the same share what they say.</summary>
internal sealed class HelloMemory
{
    private PeerHello? _last;

    /// <summary>The hello, with everything from the last one that is equal.</summary>
    public PeerHello Share(PeerHello hello)
    {
        PeerHello? last = Volatile.Read(ref _last);
        if (last is not null)
        {
            hello = hello with
            {
                Limits = hello.Limits == last.Limits ? last.Limits : hello.Limits,
                Encodings = hello.Encodings.SequenceEqual(last.Encodings, StringComparer.Ordinal) ? last.Encodings : hello.Encodings,
                Agent = hello.Agent == last.Agent ? last.Agent : hello.Agent,
            };
        }

        Volatile.Write(ref _last, hello);
        return hello;
    }
}
