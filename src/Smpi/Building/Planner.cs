namespace Smpi;

/// <summary>Resolves what was said in code and in an address into one checked plan.</summary>
internal sealed class Planner(SmpiProviders providers)
{
    public ChannelPlan Plan(string name, ChannelParts parts, NamedParts named, ChannelOptions options, MiddlewareSettings middleware)
    {
        SmpiAddress? address = parts.Address is null ? null : SmpiAddress.Parse(parts.Address);
        IWireFormat? format = parts.Format;
        List<IEncoding> encodings = [.. parts.Encodings];
        IProtocol? protocol = parts.Protocol;
        if (address is not null)
        {
            Name(address, ref format, encodings);
            ProtocolEntry entry = providers.Get<ProtocolEntry>("protocol", address.Protocol);
            var protocolAddress = new ProtocolAddress(address.Protocol, address.Rest, address.Options);
            protocol = entry.Create(protocolAddress);
            AddressOptions.Apply(address, protocolAddress, parts, options, providers);
        }

        ApplyNamed(named, ref protocol, ref format, encodings, parts);
        if (protocol is null) throw new SmpiConfigurationException($"{Whose(name)} has no protocol: call one of the UseX or ListenX methods, or give it an address such as 'tcp://127.0.0.1:4711'.");
        if (parts.Listen && protocol is not IServerProtocol) throw new SmpiConfigurationException($"The protocol '{protocol.Name}' cannot listen: connect with it, or choose one that can, such as 'tcp'.");
        if (parts.Replacement is { } replacement) protocol = replacement(parts.Address is null ? protocol.ToString() ?? protocol.Name : $"{address!.Protocol}:{address.Rest}");
        format ??= new NativeFormat();
        ChooseEncodings(name, format, encodings);
        IEventLoopBinding loop = parts.EventLoop ?? EventLoop.ThreadPool;
        return new ChannelPlan
        {
            Name = name, Protocol = protocol, Listen = parts.Listen, Format = format, Encodings = encodings, EventLoop = loop, Layers = [.. parts.Layers],
            Limits = parts.Limits, TimeProvider = parts.TimeProvider, Options = options, Middleware = middleware, Address = parts.Address ?? protocol.Name,
        };
    }

    private void Name(SmpiAddress address, ref IWireFormat? format, List<IEncoding> encodings)
    {
        string? namedFormat = null;
        string? namedEncoding = null;
        foreach (string name in address.Names)
        {
            if (providers.Find<FormatEntry>(name) is { } formatEntry)
            {
                if (namedFormat is not null) throw new SmpiConfigurationException($"The address '{address}' names two formats, '{namedFormat}' and '{name}': keep one.");
                namedFormat = name;
                format = formatEntry.Create();
            }
            else if (providers.Find<EncodingEntry>(name) is { } encodingEntry)
            {
                if (namedEncoding is not null) throw new SmpiConfigurationException($"The address '{address}' names two encodings, '{namedEncoding}' and '{name}': keep one.");
                namedEncoding = name;
                IEncoding made = encodings.FirstOrDefault(encoding => encoding.Name == name) ?? encodingEntry.Create();
                encodings.Clear();
                encodings.Add(made);
            }
            else
            {
                throw KnownNames.Unknown("format or encoding", name, providers.Names<FormatEntry>().Concat(providers.Names<EncodingEntry>()));
            }
        }
    }

    private void ApplyNamed(NamedParts named, ref IProtocol? protocol, ref IWireFormat? format, List<IEncoding> encodings, ChannelParts parts)
    {
        if (named.Protocol is not null)
        {
            SmpiAddress address = SmpiAddress.Parse(named.Protocol);
            if (address.Names.Count > 0) throw new SmpiConfigurationException($"The setting 'Protocol' is '{named.Protocol}' and names more than a protocol: use 'Address' for that.");
            var protocolAddress = new ProtocolAddress(address.Protocol, address.Rest, address.Options);
            protocol = providers.Get<ProtocolEntry>("protocol", address.Protocol).Create(protocolAddress);
            if (protocolAddress.Unknown.FirstOrDefault() is { } unknown) throw new SmpiConfigurationException($"The option '{unknown}' of the protocol '{address.Protocol}' is not known.");
        }

        if (named.Format is not null) format = providers.Get<FormatEntry>("format", named.Format).Create();
        if (named.Encodings.Count > 0)
        {
            IEncoding[] old = [.. encodings];
            encodings.Clear();
            foreach (string one in named.Encodings) encodings.Add(old.FirstOrDefault(encoding => encoding.Name == one) ?? providers.Get<EncodingEntry>("encoding", one).Create());
        }

        if (named.EventLoop is not null) parts.EventLoop = providers.Get<EventLoopEntry>("event loop", named.EventLoop).Create();
        foreach (string layer in named.Layers) parts.Layers.Add(providers.Get<LayerEntry>("layer", layer).Create);
    }

    private void ChooseEncodings(string name, IWireFormat format, List<IEncoding> encodings)
    {
        if (encodings.Count == 0)
        {
            string? wanted = format.Traits.DefaultEncoding;
            if (wanted is not null) encodings.Add(providers.Get<EncodingEntry>("encoding", wanted).Create());
            else
            {
                // Hello agrees on one of all that were added, JSON first.
                foreach (string known in providers.Names<EncodingEntry>().OrderBy(known => known == "json" ? 0 : 1)) encodings.Add(providers.Find<EncodingEntry>(known)!.Create());
            }
        }

        if (encodings.Count == 0) throw new SmpiConfigurationException($"{Whose(name)} has no encoding: call UseJson() of the package Smpi.Encodings.Json, or another one.");
        if (format.Traits.RequiredContentType is not { } required) return;
        if (encodings.Find(encoding => encoding.ContentType != required) is { } wrong)
        {
            throw new SmpiConfigurationException($"The format '{format.Name}' carries bodies of {required} only, and the encoding '{wrong.Name}' makes {wrong.ContentType}: use the matching encoding, or another format.");
        }
    }

    private static string Whose(string name) => name.Length == 0 ? "The channel" : $"The channel '{name}'";
}
