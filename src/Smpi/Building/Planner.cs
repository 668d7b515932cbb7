namespace Smpi;

/// <summary>Resolves what was said in code, in an address and in configuration into one checked plan; what is said later wins.</summary>
internal sealed class Planner(SmpiProviders providers)
{
    /// <summary>The protocol alone; null when none was chosen.</summary>
    public IProtocol? FindProtocol(string name, ChannelParts parts, NamedParts named, ChannelOptions options)
    {
        var draft = new PlanDraft(name, parts, options);
        if (parts.Address is not null) ApplyProtocol(draft, SmpiAddress.Parse(parts.Address), parts.Address);
        if (named.Protocol is not null) ApplyProtocol(draft, SmpiAddress.Parse(named.Protocol), named.Protocol);
        return draft.Protocol;
    }

    public ChannelPlan Plan(string name, ChannelParts parts, NamedParts named, ChannelOptions options, MiddlewareSettings middleware)
    {
        var draft = new PlanDraft(name, parts, options);
        if (parts.Address is not null) Said(named, named.AddressKey, () => ApplyAddress(draft, parts.Address));
        ApplyNamed(draft, named);
        IProtocol protocol = draft.Protocol
            ?? throw new SmpiConfigurationException($"{draft.Whose} has no protocol: call one of the UseX or ListenX methods, or give it an address such as 'tcp://127.0.0.1:4711'.");
        if (draft.Listen && protocol is not IServerProtocol) throw new SmpiConfigurationException($"The protocol '{protocol.Name}' cannot listen: connect with it, or choose one that can, such as 'tcp'.");
        draft.Limits.Check();
        string address = AddressText.Shown(draft.Address ?? protocol.Name);
        if (parts.Replacement is { } replacement) protocol = replacement(draft.Endpoint ?? protocol.ToString() ?? protocol.Name);
        IWireFormat format = draft.Format ?? new NativeFormat();
        IReadOnlyList<IEncoding> encodings = new EncodingChoice(providers).Choose(draft.Whose, format, draft.Encodings);
        IEventLoopBinding loop = draft.LoopName is null ? parts.EventLoop ?? EventLoop.ThreadPool : providers.Get<EventLoopEntry>(draft.LoopName).Create();
        return new ChannelPlan
        {
            Name = name,
            Protocol = protocol,
            Given = draft.IsReplaced ? null : parts.Protocol,
            Listen = draft.Listen,
            Format = format,
            Encodings = encodings,
            EventLoop = loop,

            // Other loops that a name finds may serve others as well.
            OwnsEventLoop = draft.LoopName is not null && loop is DedicatedThreadLoop,
            Layers = draft.Layers,
            Limits = draft.Limits,
            TimeProvider = parts.TimeProvider,
            Options = draft.Options,
            Middleware = middleware,
            Address = address,
        };
    }

    private void ApplyAddress(PlanDraft draft, string text)
    {
        SmpiAddress address = SmpiAddress.Parse(text);
        ApplyNames(draft, address, AddressText.Shown(text));
        ProtocolAddress own = ApplyProtocol(draft, address, text);
        new AddressOptions(providers).Apply(draft, address, own);
    }

    // Whoever wrote the configuration looks for the key.
    private static void Said(NamedParts named, string? key, Action apply)
    {
        try
        {
            apply();
        }
        catch (SmpiConfigurationException error) when (named.Where.Length > 0 && key is not null)
        {
            throw new SmpiConfigurationException($"The setting '{named.Where}:{key}' cannot be used. {error.Message}", error.InnerException);
        }
    }

    private ProtocolAddress ApplyProtocol(PlanDraft draft, SmpiAddress address, string text)
    {
        var own = new ProtocolAddress(address.Protocol, address.Rest, address.Options) { Replaces = draft.Protocol };
        IProtocol protocol = Entry(address, text).Create(own);
        if (!draft.IsReplaced) ProtocolGuards.Check(draft.Whose, draft.Protocol, protocol, own.ToString());
        draft.Protocol = protocol;
        draft.Endpoint = own.ToString();
        draft.Address = text;
        return own;
    }

    private ProtocolEntry Entry(SmpiAddress address, string text)
    {
        if (providers.Find<ProtocolEntry>(address.Protocol) is { } entry) return entry;
        SmpiConfigurationException unknown = providers.Unknown(address.Protocol, typeof(ProtocolEntry));
        throw AddressText.HostAndPort(text) ? new SmpiConfigurationException($"{unknown.Message} If '{text}' is a host and a port, write 'tcp://{text}'.") : unknown;
    }

    private void ApplyNames(PlanDraft draft, SmpiAddress address, string shown)
    {
        string? format = null;
        string? encoding = null;
        foreach (string name in address.Names)
        {
            if (Format(draft, name) is { } namedFormat)
            {
                if (format is not null) throw new SmpiConfigurationException($"The address '{shown}' names two formats, '{format}' and '{name}': keep one.");
                format = name;
                draft.Format = namedFormat;
            }
            else if (Encoding(draft, name) is { } namedEncoding)
            {
                if (encoding is not null) throw new SmpiConfigurationException($"The address '{shown}' names two encodings, '{encoding}' and '{name}': keep one.");
                encoding = name;
                draft.Encodings = [namedEncoding];
            }
            else
            {
                throw providers.Unknown(name, typeof(FormatEntry), typeof(EncodingEntry));
            }
        }
    }

    private void ApplyNamed(PlanDraft draft, NamedParts named)
    {
        if (named.Protocol is not null)
        {
            Said(named, "Protocol", () =>
            {
                SmpiAddress address = SmpiAddress.Parse(named.Protocol);
                if (address.Names.Count > 0) throw new SmpiConfigurationException($"It is '{AddressText.Shown(named.Protocol)}' and names more than a protocol: use 'Address' for that.");
                AddressOptions.Refuse(ApplyProtocol(draft, address, named.Protocol));
            });
        }

        if (named.Format is not null) Said(named, "Format", () => draft.Format = Format(draft, named.Format) ?? throw providers.Unknown(named.Format, typeof(FormatEntry)));
        if (named.Encodings.Count > 0)
        {
            Said(named, "Encoding", () => draft.Encodings = [.. named.Encodings.Select(one => Encoding(draft, one) ?? throw providers.Unknown(one, typeof(EncodingEntry)))]);
        }

        if (named.EventLoop is not null)
        {
            Said(named, "EventLoop", () => _ = providers.Get<EventLoopEntry>(named.EventLoop));
            draft.LoopName = named.EventLoop;
        }

        Said(named, "Layers", () => draft.Layers.AddRange(named.Layers.Select(one => (Func<IConnection, IConnection>)providers.Get<LayerEntry>(one).Create)));
        foreach (Action<PlanDraft> change in named.Changes) change(draft);
    }

    // An object given in code has options of its own and goes before a registered one of its name.
    private IWireFormat? Format(PlanDraft draft, string name) =>
        draft.Format is { } given && Same(given.Name, name) ? given : providers.Find<FormatEntry>(name)?.Create();

    private IEncoding? Encoding(PlanDraft draft, string name) =>
        draft.Encodings.Find(given => Same(given.Name, name)) ?? providers.Find<EncodingEntry>(name)?.Create();

    private static bool Same(string left, string right) => left.Equals(right.Trim(), StringComparison.OrdinalIgnoreCase);
}
