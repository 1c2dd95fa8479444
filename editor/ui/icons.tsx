import type { ReactNode } from 'react';

function Icon({ children, size = 14 }: { readonly children: ReactNode; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.5 10.5 3 3" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon size={12}>
    <path d="m6 4 4 4-4 4" />
  </Icon>
);

export const SunIcon = () => (
  <Icon size={16}>
    <circle cx="8" cy="8" r="3" />
    <path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon size={16}>
    <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon size={16}>
    <rect x="2" y="3" width="12" height="8.5" rx="1.5" />
    <path d="M6 14h4" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon size={16}>
    <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
  </Icon>
);

export const ArrowIcon = () => (
  <Icon size={12}>
    <path d="M3 8h9.5M9 4.5 12.5 8 9 11.5" />
  </Icon>
);

export const PolicyIcon = () => (
  <Icon size={15}>
    <path d="M4 1.8h5.2L12.5 5v9.2H4zM9 2v3.2h3.3M6.2 8h4M6.2 10.8h4" />
  </Icon>
);

export const EncounterIcon = () => (
  <Icon size={15}>
    <path d="M2 4.2h2M6.5 4.2H14M2 8h2M6.5 8H14M2 11.8h2M6.5 11.8H14" />
  </Icon>
);

export const ListIcon = () => (
  <Icon size={15}>
    <path d="M3 2.5h10v11H3zM3 6.2h10M3 9.8h10M6.5 2.5v11" />
  </Icon>
);

export const SourceIcon = () => (
  <Icon size={15}>
    <path d="M8 4.2C6.6 3 4.4 2.8 2.2 3.2v9.2c2.2-.4 4.4-.2 5.8 1 1.4-1.2 3.6-1.4 5.8-1V3.2C11.6 2.8 9.4 3 8 4.2zM8 4.2v9.2" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon size={14}>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const DownIcon = () => (
  <Icon size={12}>
    <path d="m4 6 4 4 4-4" />
  </Icon>
);

export const ScopeIcon = () => (
  <Icon size={14}>
    <path d="M2.5 3.5h11l-4 5v4l-3 1.5V8.5z" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon size={12}>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);

export const MoreIcon = () => (
  <Icon size={14}>
    <path d="M3.2 8h.1M8 8h.1M12.8 8h.1" strokeWidth="2.4" />
  </Icon>
);

export const TimelineIcon = () => (
  <Icon size={15}>
    <path d="M2 4.2h7M5 8h9M2 11.8h5M9.5 11.8H14" />
  </Icon>
);

export const ChangesIcon = () => (
  <Icon size={15}>
    <path d="M5.5 2.5v5M3 5h5M3 13.5h5M12.5 2 6 14" />
  </Icon>
);

export const ExportIcon = () => (
  <Icon size={15}>
    <path d="M8 10V2.5M5 5.2 8 2.3l3 2.9M3 8.5v4.8h10V8.5" />
  </Icon>
);

export const ReleasesIcon = () => (
  <Icon size={15}>
    <path d="M8 1.8 13.5 4v4.2c0 3-2.3 5-5.5 6-3.2-1-5.5-3-5.5-6V4zM5.8 8l1.6 1.6L10.4 6.4" />
  </Icon>
);
