namespace Smpi;

/// <summary>The bodies of one event: one for every encoding among the peers, made at first use. A mutable struct: a variable that is not copied.</summary>
internal struct BroadcastBodies<T>(Pool<EncodedBody<T>> pool, T value)
{
    private string? _name;
    private EncodedBody? _first;
    private List<(string Name, EncodedBody Body)>? _others;

    public EncodedBody For(CodecSet codecs)
    {
        string name = codecs.Encoding.Name;
        if (_first is null)
        {
            _first = EncodedBody<T>.Of(pool, codecs.Get<T>(), value);
            _name = name;
        }

        if (name == _name) return _first;
        foreach ((string known, EncodedBody made) in _others ??= [])
        {
            if (known == name) return made;
        }

        var body = EncodedBody<T>.Of(pool, codecs.Get<T>(), value);
        _others.Add((name, body));
        return body;
    }

    /// <summary>Lets go of the bodies; those that wait for a peer are held there.</summary>
    public readonly void Release()
    {
        _first?.Release();
        if (_others is null) return;
        foreach ((string _, EncodedBody body) in _others) body.Release();
    }
}
