using Microsoft.CodeAnalysis;

namespace Smpi.Generators;

/// <summary>Describes types and all that they hold, each once.</summary>
internal sealed class TypeCollector(IAssemblySymbol within)
{
    private const string Derived = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    private const string Polymorphic = "System.Text.Json.Serialization.JsonPolymorphicAttribute";

    private readonly Dictionary<string, TypeModel> _found = new(StringComparer.Ordinal);

    public EquatableArray<TypeModel> Types => new([.. _found.Values]);

    /// <summary>Describes a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">Its key: the full name, and for the record of a union's base a mark after it.</param>
    public string Visit(ITypeSymbol type)
    {
        string name = Names.Of(type);
        if (_found.ContainsKey(name)) return name;
        TypeModel model = New(type, name, ShapeKind.Unknown);

        // A record may contain itself, so it is known before it is complete.
        _found[name] = model;
        _found[name] = Describe(type, model);
        return name;
    }

    private static TypeModel New(ITypeSymbol type, string name, ShapeKind kind) => new(name, Names.Id(name), kind)
    {
        ShortName = type is IArrayTypeSymbol ? type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : type.Name,
        LockName = name.Replace("global::", ""),
        IsValueType = type.IsValueType,
    };

    private TypeModel Describe(ITypeSymbol type, TypeModel model)
    {
        if (Scalars.Contains(type)) return model with { Kind = ShapeKind.Scalar };
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return model with { Kind = ShapeKind.Nullable, Arguments = Visit([nullable.TypeArguments[0]]) };
        if (Collections.TryGet(type, out ShapeKind kind, out ITypeSymbol[] of))
        {
            return kind == ShapeKind.Dictionary && !Collections.IsKey(of[0])
                ? model with { Problem = $"a dictionary with keys of {of[0].Name} cannot travel; use a string, a number, an enum, a Guid or a time" }
                : model with { Kind = kind, Arguments = Visit(of) };
        }

        if (type is not INamedTypeSymbol named) return model with { Problem = $"{type.ToDisplayString()} cannot travel" };
        if (!named.IsNameable(within)) return model with { Problem = Hidden(named, within) };
        if (named.TypeKind == TypeKind.Enum) return Enum(named, model);
        if (named.AllInterfaces.Any(i => i.Is("Google.Protobuf.IMessage"))) return model with { Kind = ShapeKind.Message };
        if (!named.IsValueType && named.Has(Derived)) return Union(named, model);
        return Record(named, model);
    }

    private EquatableArray<string> Visit(ITypeSymbol[] types) => new(Array.ConvertAll(types, Visit));

    private TypeModel Enum(INamedTypeSymbol type, TypeModel model) => model with
    {
        Kind = ShapeKind.Enum,
        Arguments = Visit([type.EnumUnderlyingType!]),
        EnumMembers = new([.. type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f =>
            new EnumMember(f.Name, f.ConstantValue is ulong huge ? unchecked((long)huge) : Convert.ToInt64(f.ConstantValue, null)))]),
    };

    private TypeModel Union(INamedTypeSymbol type, TypeModel model)
    {
        List<CaseModel> cases = [];
        string tagName = "$type";
        if (type.Attribute(Polymorphic) is { } polymorphic)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in polymorphic.NamedArguments)
            {
                if (argument is { Key: "TypeDiscriminatorPropertyName", Value.Value: string given }) tagName = given;
            }
        }

        bool isOwnCase = false;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is not { } listed || !listed.Is(Derived)) continue;
            if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol of }, { Value: { } tag }])
                return model with { Problem = $"a case of {type.Name} has no discriminator; write [JsonDerivedType(typeof(...), \"name\")]" };
            string literal = tag is string text ? Literals.Text(text) : tag.ToString();
            if (cases.Exists(c => c.Tag == literal)) return model with { Problem = $"{type.Name} has the discriminator {literal} twice; give each case its own" };
            isOwnCase |= SymbolEqualityComparer.Default.Equals(of, type);
            cases.Add(new CaseModel(Plain(of), literal));
        }

        bool hasOwnForm = !type.IsAbstract && !isOwnCase;
        if (hasOwnForm) Plain(type);
        return model with { Kind = ShapeKind.Union, TagName = tagName, HasOwnForm = hasOwnForm, Cases = new([.. cases]) };
    }

    /// <summary>The record of a type, whatever cases it lists.</summary>
    private string Plain(INamedTypeSymbol type)
    {
        if (!type.Has(Derived)) return Visit(type);
        string name = PlainName(Names.Of(type));
        if (_found.ContainsKey(name)) return name;
        TypeModel model = New(type, Names.Of(type), ShapeKind.Unknown);
        model = model with { Id = model.Id + "_Plain" };
        _found[name] = model;
        _found[name] = Record(type, model);
        return name;
    }

    /// <summary>The key of the record of a union's base.</summary>
    public static string PlainName(string name) => name + "|plain";

    private TypeModel Record(INamedTypeSymbol type, TypeModel model)
    {
        if (Refuse(type, within) is { } refusal) return model with { Problem = refusal };
        IMethodSymbol? constructor = RecordRules.Constructor(type, out string? problem);
        if (problem is not null) return model with { Problem = problem };
        if (constructor is not null && !IsCallable(constructor))
            return model with { Problem = $"the constructor of {type.Name} cannot be called by generated code; make it internal or public" };

        List<IPropertySymbol> properties = RecordRules.Properties(type), ordered = [];
        List<ParameterModel> parameters = [];
        foreach (IParameterSymbol parameter in constructor?.Parameters ?? [])
        {
            IPropertySymbol? property = properties.Find(p => p.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(p.Type, parameter.Type));
            if (property is null)
                return model with { Problem = $"the parameter '{parameter.Name}' of the constructor of {type.Name} has no public property of its name and type" };
            ordered.Add(property);
            parameters.Add(new ParameterModel(Visit(parameter.Type), Literals.DefaultOf(parameter)));
        }

        ordered.AddRange(properties.Except<IPropertySymbol>(ordered, SymbolEqualityComparer.Default));
        List<MemberModel> members = [];
        for (int at = 0; at < ordered.Count; at++)
        {
            IPropertySymbol property = ordered[at];
            if (RecordRules.IsIgnored(property)) continue;
            if (at >= parameters.Count && RecordRules.HasHiddenSetter(property))
                return model with { Problem = $"the setter of {type.Name}.{property.Name} cannot be called by generated code; make it public or init" };
            members.Add(Member(property, at < parameters.Count ? constructor!.Parameters[at] : null, at));
        }

        return model with
        {
            Kind = ShapeKind.Record,
            Members = new([.. members]),
            Parameters = new([.. parameters]),
            HasOneOrder = RecordRules.HasOneOrder(type, ordered.Skip(parameters.Count)),
        };
    }

    private bool IsCallable(IMethodSymbol constructor) =>
        constructor.DeclaredAccessibility == Accessibility.Public
        || (constructor.DeclaredAccessibility == Accessibility.Internal && (!IsAbroad(constructor.ContainingType, within) || constructor.ContainingAssembly.GivesAccessTo(within)));

    private MemberModel Member(IPropertySymbol property, IParameterSymbol? parameter, int position)
    {
        int number = RecordRules.FieldNumber(property);
        return new MemberModel(property.Name, RecordRules.WireName(property), Visit(property.Type), parameter is not null ? MemberAccess.Parameter : RecordRules.Access(property))
        {
            Position = parameter is null ? -1 : position,
            IsSettable = RecordRules.Access(property) != MemberAccess.None,
            IsRequired = RecordRules.IsRequired(property) && (parameter is not null || RecordRules.Access(property) != MemberAccess.None),
            IsRequiredByLanguage = property.IsRequired,
            IsNullable = RecordRules.IsNullable(property),
            IsNotNull = property.Type.IsReferenceType && !RecordRules.IsNullable(property),
            HasDefault = parameter is null ? RecordRules.HasInitializer(property) : parameter.HasExplicitDefaultValue,
            FieldNumber = number != 0 || parameter is null ? number : RecordRules.FieldNumber(parameter),
        };
    }

    private static string? Refuse(INamedTypeSymbol type, IAssemblySymbol within)
    {
        if (type.IsOfFramework() || type.SpecialType == SpecialType.System_Object || type.TypeKind == TypeKind.Delegate || type.IsRefLikeType)
            return $"{type.ToDisplayString()} cannot travel; use a record of its parts";
        if (type.IsAbstract) return $"{type.Name} is abstract; list its cases with [JsonDerivedType(typeof(...), \"name\")]";
        return type.IsNameable(within) ? null : Hidden(type, within);
    }

    private static string Hidden(INamedTypeSymbol type, IAssemblySymbol within) => IsAbroad(type, within)
        ? $"{type.Name} is hidden in {type.ContainingAssembly.Name}; make it public, or reference the encoding and Smpi.Generators there"
        : $"{type.Name} cannot be named by generated code; make it internal or public";

    private static bool IsAbroad(ITypeSymbol type, IAssemblySymbol within) => !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, within);
}
